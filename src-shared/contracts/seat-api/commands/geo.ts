import { Type } from 'typebox'
import { GeoExportWish, GeoListQuery, geoKeepers } from '../../central-api/geo'
import { Uuid } from '../../common'
import {
  GeoChangeSet,
  GeoCode,
  GeoExport,
  GeoFeature,
  GeoImport,
  GeoImportAnnouncement,
  GeoLayerSchema,
  GeoLayerView,
  GeoSaved,
  mostImportBytes,
} from '../../geo-shapes'
import { command } from '../command'
import { central, closed } from '../shared-parts'

/** The geodata of the city: live, the centre checks and decides. Seats read it from their reference documents and the archive of tiles instead. */
const Feature = { layer: GeoLayerSchema, code: GeoCode }
const ImportId = Type.Object({ importId: Uuid }, closed)
const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$', maxLength: 1_400_000 })
const File = Type.Object({ base64: Type.String(), mediaType: Type.String() })

export const geoCommands = {
  'geo.layers': command({
    summary: '城市底数的图层与数量',
    input: Type.Object({}, closed),
    output: Type.Object({ items: Type.Array(GeoLayerView) }),
    allowed: 'signedIn',
    effect: 'live',
    errors: central,
  }),
  'geo.list': command({
    summary: '一个图层的要素',
    input: Type.Object({ layer: GeoLayerSchema, ...GeoListQuery.properties }, closed),
    output: Type.Object({ items: Type.Array(GeoFeature), next: Type.Union([Type.String(), Type.Null()]) }),
    allowed: 'signedIn',
    effect: 'live',
    errors: central,
  }),
  'geo.get': command({
    summary: '一个要素此刻的样子',
    input: Type.Object(Feature, closed),
    output: GeoFeature,
    allowed: 'signedIn',
    effect: 'live',
    errors: [...central, 'record/notFound'],
  }),
  'geo.history': command({
    summary: '一个要素的历次版本，新的在前',
    input: Type.Object(Feature, closed),
    output: Type.Object({ items: Type.Array(GeoFeature) }),
    allowed: 'signedIn',
    effect: 'live',
    errors: [...central, 'record/notFound'],
  }),
  'geo.save': command({
    summary: '新增、修改、停用要素（一组同时生效）；停用是把 state 改为 retired',
    input: GeoChangeSet,
    output: GeoSaved,
    allowed: geoKeepers,
    effect: 'live',
    errors: [...central, 'record/notFound', 'record/stale', 'record/exists', 'geo/refused', 'geo/importRunning'],
  }),
  'geo.imports': command({
    summary: '最近的导入，新的在前',
    input: Type.Object({}, closed),
    output: Type.Object({ items: Type.Array(GeoImport) }),
    allowed: geoKeepers,
    effect: 'live',
    errors: central,
  }),
  'geo.beginImport': command({
    summary: '开始导入一个图层的文件',
    input: GeoImportAnnouncement,
    output: GeoImport,
    allowed: geoKeepers,
    effect: 'live',
    errors: [...central, 'record/exists', 'geo/fileTooLarge', 'geo/importRunning'],
  }),
  'geo.appendImport': command({
    summary: '文件的一段（最大 1 MB）；最后一段之后开始检查',
    input: Type.Object({ importId: Uuid, offset: Type.Integer({ minimum: 0, maximum: mostImportBytes }), base64: Base64 }, closed),
    output: GeoImport,
    allowed: geoKeepers,
    effect: 'live',
    errors: [...central, 'record/notFound', 'geo/wrongOffset', 'geo/hashMismatch', 'geo/notStored'],
  }),
  'geo.import': command({
    summary: '一次导入：进度、检查结果',
    input: ImportId,
    output: GeoImport,
    allowed: geoKeepers,
    effect: 'live',
    errors: [...central, 'record/notFound'],
  }),
  'geo.applyImport': command({
    summary: '检查通过的导入写入底数',
    input: Type.Object({ importId: Uuid, note: GeoChangeSet.properties.note }, closed),
    output: GeoImport,
    allowed: geoKeepers,
    effect: 'live',
    errors: [...central, 'record/notFound', 'geo/notReady'],
  }),
  'geo.cancelImport': command({
    summary: '取消一次导入',
    input: ImportId,
    output: GeoImport,
    allowed: geoKeepers,
    effect: 'live',
    errors: [...central, 'record/notFound', 'geo/notReady'],
  }),
  'geo.importReport': command({
    summary: '检查报告（Excel 文件）',
    input: ImportId,
    output: File,
    allowed: geoKeepers,
    effect: 'live',
    errors: [...central, 'record/notFound', 'geo/notReady'],
  }),
  'geo.export': command({
    summary: '导出一个图层为文件',
    input: GeoExportWish,
    output: GeoExport,
    allowed: geoKeepers,
    effect: 'live',
    errors: [...central, 'record/exists', 'geo/notStored'],
  }),
  'geo.exportFile': command({
    summary: '导出文件的一段（最大 1 MB），自 from 起',
    input: Type.Object({ exportId: Uuid, from: Type.Integer({ minimum: 0 }) }, closed),
    output: File,
    allowed: geoKeepers,
    effect: 'live',
    errors: [...central, 'record/notFound'],
  }),
} as const
