import { expect, it } from 'vitest'
import { systemIds } from '#server/platform/machine'
import { ringAreaM2 } from '#shared/domain/geo/ring'
import { changeOf, nextGridCodes, type Versioned } from '#shared/domain/geodata/divide-grid'
import { changesOfMerging } from '#shared/domain/geodata/merge-grids'
import { mergedOutline } from '#shared/domain/geodata/merged-outline'
import type { TestCentral } from '../../fixtures/central'
import { type GridFeature, groundFiles, groundGrids, withGround } from '../../fixtures/ground'
import { movedBy } from '../../fixtures/mesh-of-grids'
import { onEveryDatabase } from './databases'

/** District, street and community with the outline around all of their grids. */
const whole = mergedOutline(groundGrids)
if (typeof whole === 'string') throw new Error(whole)
const outlines = ['230108', '230108001', '230108001001'].map((areaCode) => ({ areaCode, areaM2: ringAreaM2(whole), ring: whole }))
const withAreas = groundFiles.map((file) => {
  const document = file.document as { readonly kind: string }
  return document.kind === 'grids' ? { ...file, document: { ...document, outlines } } : file
})

/** Grids made one, and borders of areas that follow the grids at their edge: the centre checks what the map sends. */
onEveryDatabase('borders of the geodata', (start) => {
  async function keeper() {
    const central = await withGround(await start({ referenceFiles: withAreas }))
    const token = await central.tokenFor('assistant')
    const featureOf = async (layer: string, code: string): Promise<Versioned> =>
      (await central.call('geo.get', { token, params: { layer, code } })).body
    const save = (changes: readonly object[]) =>
      central.call('geo.save', { token, key: systemIds.uuid(), body: { changes, note: '界线调整' } })
    return { central: central as TestCentral, featureOf, save }
  }

  it('makes two neighbouring grids one, with a new code, and gives up both', async () => {
    const { featureOf, save } = await keeper()
    const [left, right] = groundGrids as [GridFeature, GridFeature]
    const grids = [await featureOf('grid', left.code), await featureOf('grid', right.code)]
    const ring = mergedOutline([left, right])
    if (typeof ring === 'string') throw new Error(ring)
    const [code = ''] =
      nextGridCodes(
        '230108001001',
        groundGrids.map((grid) => grid.code),
        1,
      ) ?? []
    const { changes } = changesOfMerging({ grids, ring, code, within: [], naming: [], today: '2026-11-28' })
    const saved = await save(changes)
    expect(saved, JSON.stringify(saved.body)).toMatchObject({ status: 200, body: { warnings: [] } })
    expect(await featureOf('grid', left.code)).toMatchObject({ state: 'retired', validTo: '2026-11-28' })
    expect((await featureOf('grid', code)).attributes.areaM2).toBeCloseTo(ringAreaM2(left.ring) + ringAreaM2(right.ring), -1)
    expect(await save(changes)).toMatchObject({ status: 412 })
  })

  it('lets community, street and district follow a grid at their edge, in the same change', async () => {
    const { featureOf, save } = await keeper()
    const corner = outermost(groundGrids)
    const touching = groundGrids.filter(({ ring }) => ring.some((each) => String(each) === String(corner)))
    const isCorner = ([lng, lat]: readonly [number, number]) => Math.abs(lng - corner[0]) + Math.abs(lat - corner[1]) < 1e-6
    const bent = (ring: GridFeature['ring']) => ring.map((each) => (isCorner(each) ? movedBy(corner, -5, -5) : each))
    const grids = await Promise.all(
      touching.map(async ({ code, ring }) =>
        changeOf(await featureOf('grid', code), { geometry: { type: 'Polygon', coordinates: [bent(ring)] } }),
      ),
    )
    const alone = await save(grids)
    expect(alone).toMatchObject({ status: 422, body: { code: 'geo/refused' } })
    expect(alone.body.title).toContain('在社区 230108001001 之外')
    const areas = await Promise.all(
      (
        [
          ['community', '230108001001'],
          ['street', '230108001'],
          ['district', '230108'],
        ] as const
      ).map(async ([layer, code]) => {
        const area = await featureOf(layer, code)
        const ring = area.geometry?.type === 'Polygon' ? area.geometry.coordinates[0] : undefined
        return changeOf(area, { geometry: { type: 'Polygon', coordinates: [bent(ring ?? [])] } })
      }),
    )
    const together = await save([...grids, ...areas])
    expect(together, JSON.stringify(together.body)).toMatchObject({ status: 200, body: { warnings: [] } })
    const community = await featureOf('community', '230108001001')
    expect(JSON.stringify(community.geometry)).toContain(JSON.stringify(movedBy(corner, -5, -5)))
  })
})

/** The corner that lies furthest to the south-west. */
function outermost(grids: readonly GridFeature[]): readonly [number, number] {
  const corners = grids.flatMap(({ ring }) => ring)
  return corners.reduce((a, b) => (b[0] + b[1] < a[0] + a[1] ? b : a))
}
