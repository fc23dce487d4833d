import { Type } from 'typebox'
import type { RoleId } from '../../domain/account/role'
import { Empty, EpochMs, PageQuery, pageOf, plainText, Uuid } from '../common'
import {
  CoordinateSystem,
  GeoChangeSet,
  GeoCode,
  GeoExport,
  GeoFeature,
  GeoFormat,
  GeoImport,
  GeoImportAnnouncement,
  GeoLayerSchema,
  GeoLayerView,
  GeoSaved,
  importPieceBytes,
  mostImportBytes,
} from '../geo-shapes'
import { octets, route } from './route'

/** The geodata of the city: single features with their history, imports and exports of layers, and the archive of map tiles cut from them. */
const closed = { additionalProperties: false }
/** 系统管理员 and 平台助理 look after the city's ground; everybody may see it. */
export const geoKeepers = ['admin', 'assistant'] as const satisfies readonly RoleId[]

const layerParams = Type.Object({ layer: GeoLayerSchema })
const codeParams = Type.Object({ layer: GeoLayerSchema, code: GeoCode })
const importParams = Type.Object({ importId: Uuid })
const Note = Type.String({ minLength: 1, maxLength: 200, pattern: plainText, description: '改动的理由，记入历史' })

/** South-west and north-east corner in degrees. */
const box = {
  west: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
  south: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  east: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
  north: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
}

export const GeoListQuery = Type.Object(
  {
    ...PageQuery,
    /** Beginning of the code, or a part of the name. */
    text: Type.Optional(Type.String({ maxLength: 40, pattern: plainText })),
    parentCode: Type.Optional(GeoCode),
    includeRetired: Type.Optional(Type.Boolean({ default: false })),
    ...box,
  },
  closed,
)

export const GeoExportWish = Type.Object(
  { exportId: Uuid, layer: GeoLayerSchema, format: GeoFormat, coordinates: CoordinateSystem, includeRetired: Type.Boolean() },
  closed,
)

export const geoRoutes = {
  'geo.layers': route({
    method: 'GET',
    path: '/geo/layers',
    tag: 'geo',
    roles: 'signedIn',
    summary: '城市底数的图层与数量',
    response: Type.Object({ items: Type.Array(GeoLayerView) }),
    errors: [],
  }),
  'geo.list': route({
    method: 'GET',
    path: '/geo/layers/{layer}/features',
    tag: 'geo',
    roles: 'signedIn',
    summary: '一个图层的要素，按编码排列',
    params: layerParams,
    query: GeoListQuery,
    response: pageOf(GeoFeature),
    errors: [],
  }),
  'geo.get': route({
    method: 'GET',
    path: '/geo/layers/{layer}/features/{code}',
    tag: 'geo',
    roles: 'signedIn',
    summary: '一个要素；给 at 时为那一时刻的样子',
    params: codeParams,
    query: Type.Object({ at: Type.Optional(EpochMs) }, closed),
    response: GeoFeature,
    errors: ['record/notFound'],
  }),
  'geo.history': route({
    method: 'GET',
    path: '/geo/layers/{layer}/features/{code}/history',
    tag: 'geo',
    roles: 'signedIn',
    summary: '一个要素的历次版本，新的在前',
    params: codeParams,
    response: Type.Object({ items: Type.Array(GeoFeature, { maxItems: 200 }) }),
    errors: ['record/notFound'],
  }),
  'geo.save': route({
    method: 'POST',
    path: '/geo/changes',
    tag: 'geo',
    roles: geoKeepers,
    summary: '新增、修改、停用要素（一组同时生效）；与相邻要素一并检查，历史保留',
    idempotent: true,
    bodyLimitBytes: 2_097_152,
    body: GeoChangeSet,
    response: GeoSaved,
    errors: ['record/notFound', 'record/stale', 'record/exists', 'geo/refused', 'geo/importRunning'],
  }),

  'geo.imports': route({
    method: 'GET',
    path: '/geo/imports',
    tag: 'geo',
    roles: geoKeepers,
    summary: '最近的导入，新的在前',
    response: Type.Object({ items: Type.Array(GeoImport, { maxItems: 50 }) }),
    errors: [],
  }),
  'geo.beginImport': route({
    method: 'POST',
    path: '/geo/imports',
    tag: 'geo',
    roles: geoKeepers,
    summary: '开始导入一个图层的文件，或问它传到了哪里；文件最大 64 MB',
    idempotent: true,
    body: GeoImportAnnouncement,
    response: GeoImport,
    status: 201,
    errors: ['record/exists', 'geo/fileTooLarge', 'geo/importRunning'],
  }),
  'geo.appendImport': route({
    method: 'PUT',
    path: '/geo/imports/{importId}/content',
    tag: 'geo',
    roles: geoKeepers,
    summary: '上传文件的一段（最大 1 MB）；收齐后核对并开始检查，不改动任何数据',
    consumes: octets,
    bodyLimitBytes: importPieceBytes,
    params: importParams,
    query: Type.Object({ offset: Type.Integer({ minimum: 0, maximum: mostImportBytes }) }, closed),
    response: GeoImport,
    errors: ['record/notFound', 'geo/wrongOffset', 'geo/hashMismatch', 'geo/notStored'],
  }),
  'geo.import': route({
    method: 'GET',
    path: '/geo/imports/{importId}',
    tag: 'geo',
    roles: geoKeepers,
    summary: '一次导入：进度、检查结果',
    params: importParams,
    response: GeoImport,
    errors: ['record/notFound'],
  }),
  'geo.applyImport': route({
    method: 'POST',
    path: '/geo/imports/{importId}/apply',
    tag: 'geo',
    roles: geoKeepers,
    summary: '检查通过的导入写入底数：要么全部，要么一条不改',
    idempotent: true,
    params: importParams,
    body: Type.Object({ note: Note }, closed),
    response: GeoImport,
    errors: ['record/notFound', 'geo/notReady'],
  }),
  'geo.cancelImport': route({
    method: 'POST',
    path: '/geo/imports/{importId}/cancel',
    tag: 'geo',
    roles: geoKeepers,
    summary: '取消一次导入；已写入的不再取消',
    idempotent: true,
    params: importParams,
    body: Empty,
    response: GeoImport,
    errors: ['record/notFound', 'geo/notReady'],
  }),
  'geo.importReport': route({
    method: 'GET',
    path: '/geo/imports/{importId}/report',
    tag: 'geo',
    roles: geoKeepers,
    summary: '检查报告（Excel）：每一处问题的行号、编码与原因',
    produces: octets,
    params: importParams,
    response: Type.String({ description: '文件的字节' }),
    errors: ['record/notFound', 'geo/notReady'],
  }),

  'geo.export': route({
    method: 'POST',
    path: '/geo/exports',
    tag: 'geo',
    roles: geoKeepers,
    summary: '导出一个图层为文件；记入审计日志',
    idempotent: true,
    body: GeoExportWish,
    response: GeoExport,
    status: 201,
    errors: ['record/exists', 'geo/notStored'],
  }),
  'geo.exportFile': route({
    method: 'GET',
    path: '/geo/exports/{exportId}/content',
    tag: 'geo',
    roles: geoKeepers,
    summary: '导出的文件；支持 Range',
    produces: octets,
    params: Type.Object({ exportId: Uuid }),
    response: Type.String({ description: '文件的字节' }),
    errors: ['record/notFound'],
  }),

  'geo.tiles': route({
    method: 'GET',
    path: '/map-tiles/{archiveId}',
    tag: 'geo',
    roles: 'signedIn',
    summary: '矢量切片（PMTiles 3）；编号见基础数据 mapTiles；支持 Range 与 ETag',
    produces: octets,
    params: Type.Object({ archiveId: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
    response: Type.String({ description: '文件的字节' }),
    errors: ['record/notFound'],
  }),
} as const
