import { err, ok } from '#shared/base/result'
import { appError } from '#shared/contracts/errors'
import type { GeoFeature, GeoImport } from '#shared/contracts/geo-shapes'
import type { geoCommands } from '#shared/contracts/seat-api/commands/geo'
import { geoLayerIds } from '#shared/domain/geodata/layers'
import type { FakeHandlers, FakeWorld } from './fake-world'

/**
 * The geodata of the fake centre: one grid and one component with versions, and imports that are checked in one step. A file whose name says 坏 is refused
 * for two rows, as the centre would.
 */
export function fakeGeo(world: FakeWorld): Pick<FakeHandlers, keyof typeof geoCommands> {
  const now = () => world.options.now()
  const versions = new Map<string, GeoFeature[]>()
  for (const feature of firstFeatures(now())) versions.set(`${feature.layer}/${feature.code}`, [feature])
  const imports = new Map<string, GeoImport>()
  const newest = (layer: string, code: string) => versions.get(`${layer}/${code}`)?.[0]
  const change = (importId: string, to: Partial<GeoImport>) => {
    const known = imports.get(importId)
    if (!known) return err(appError('record/notFound'))
    const changed = { ...known, ...to }
    imports.set(importId, changed)
    return ok(changed)
  }
  return {
    'geo.layers': () =>
      ok({ items: geoLayerIds.map((layer) => ({ layer, active: layer === 'grid' ? 418 : 12, retired: 0, changedAt: now() })) }),
    'geo.list': ({ layer, text = '' }) =>
      ok({
        items: [...versions.values()].flatMap(([one]) => (one && one.layer === layer && one.code.startsWith(text) ? [one] : [])),
        next: null,
      }),
    'geo.get'({ layer, code }) {
      const found = newest(layer, code)
      return found ? ok(found) : err(appError('record/notFound'))
    },
    'geo.history': ({ layer, code }) => ok({ items: versions.get(`${layer}/${code}`) ?? [] }),
    'geo.save'({ changes, note }) {
      if (changes.some(({ layer, code, version }) => (newest(layer, code)?.version ?? null) !== version))
        return err(appError('record/stale'))
      const items = changes.map(({ layer, code, version, content }): GeoFeature => {
        const saved = { ...content, layer, code, version: (version ?? 0) + 1, changedAt: now(), changedBy: '0001', note, importId: null }
        versions.set(`${layer}/${code}`, [saved, ...(versions.get(`${layer}/${code}`) ?? [])])
        return saved
      })
      return ok({ items, warnings: [] })
    },
    'geo.imports': () => ok({ items: [...imports.values()].reverse() }),
    'geo.beginImport'(announced) {
      const begun: GeoImport = {
        ...announced,
        ...{ state: 'receiving', received: 0, progress: 0, step: '', counts: null, problems: [], hasReport: false, failure: null },
        ...{ createdAt: now(), createdBy: '0001' },
      }
      imports.set(begun.importId, begun)
      return ok(begun)
    },
    'geo.appendImport'({ importId, offset, base64 }) {
      const known = imports.get(importId)
      const received = offset + atob(base64).length
      if (!known || received < known.bytes) return change(importId, { received })
      return change(importId, { received, ...checked(known) })
    },
    'geo.import': ({ importId }) => change(importId, {}),
    'geo.applyImport': ({ importId }) => change(importId, { state: 'applied', progress: 1 }),
    'geo.cancelImport': ({ importId }) => change(importId, { state: 'cancelled' }),
    'geo.importReport': () => ok({ base64: btoa('报告'.length.toString()), mediaType: 'application/octet-stream' }),
    'geo.export': ({ exportId, layer }) => ok({ exportId, fileName: `${layer}.geojson`, bytes: 2, features: 0 }),
    'geo.exportFile': ({ from }) => ok({ base64: from === 0 ? btoa('{}') : '', mediaType: 'application/geo+json' }),
  }
}

function checked({ fileName }: GeoImport): Partial<GeoImport> {
  const rows = { rows: 20, added: 3, changed: 2, unchanged: 15, retired: 0 }
  if (!fileName.includes('坏')) return { state: 'ready', progress: 1, hasReport: true, counts: { ...rows, errors: 0, warnings: 0 } }
  return {
    ...{ state: 'refused', progress: 1, hasReport: true, counts: { ...rows, errors: 2, warnings: 0 } },
    problems: [
      { kind: 'wrongCode', severity: 'error', row: 7, code: '2301080010010', reason: '标识码应为 15 位数字', at: null },
      {
        kind: 'overlap',
        severity: 'error',
        row: 12,
        code: '230108001001012',
        reason: '与 230108001001011 重叠 38 平方米',
        at: [126.63, 45.6],
      },
    ],
  }
}

function firstFeatures(at: number): readonly GeoFeature[] {
  const common = { version: 1, departmentCode: null, ownerCode: null, validFrom: '2025-01-01', validTo: null, attributes: {} }
  const made = { changedAt: at, changedBy: null, note: '随演示城市导入', importId: null }
  const grid: GeoFeature = {
    ...{ layer: 'grid', code: '230108001001001', name: null, state: 'active', parentCode: '230108001001' },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [126.6, 45.6],
          [126.602, 45.6],
          [126.602, 45.602],
          [126.6, 45.602],
          [126.6, 45.6],
        ],
      ],
    },
    ...common,
    ...made,
  }
  const component: GeoFeature = {
    ...{ layer: 'component', code: '23010801001000001', name: '上水井盖', state: 'intact', parentCode: '230108001001001' },
    geometry: { type: 'Point', coordinates: [126.601, 45.601] },
    ...common,
    ...made,
  }
  return [grid, component]
}
