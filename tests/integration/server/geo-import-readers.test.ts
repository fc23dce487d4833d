import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { startCentral } from '../../fixtures/central'
import { applied, groundFiles, imported, withGround } from '../../fixtures/ground'
import { degreesAt } from '../../fixtures/mesh-of-grids'

const folder = mkdtempSync(join(tmpdir(), 'geo-readers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const count = 12_000
/** A piece takes a few hundredths of a second; the rest is other work on this machine. */
const mostWaitMs = 400

/** Lamps on the ground of the twenty grids. */
function lamps(): Buffer {
  const features = Array.from({ length: count }, (_, number) => ({
    type: 'Feature',
    properties: { GLBJBSM: `23010801001${String(number + 1).padStart(6, '0')}`, ZGBMDM: 'D1' },
    geometry: { type: 'Point', coordinates: degreesAt(60 + ((number * 7) % 380), 60 + (Math.floor(number / 55) % 280)) },
  }))
  return Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }))
}

it('lets others read while twelve thousand components are written to SQLite, who see none of them or all', async () => {
  const central = await withGround(
    await startCentral({ kind: 'sqlite', file: join(folder, 'central.db') }, { referenceFiles: groundFiles }),
  )
  try {
    const token = await central.tokenFor('assistant')
    const { body } = await imported(central, token, lamps(), { layer: 'component', fileName: '路灯.geojson' })
    expect(body).toMatchObject({ state: 'ready', counts: { added: count, errors: 0 } })
    let isOver = false
    const applying = applied(central, token, body.importId).finally(() => {
      isOver = true
    })
    const waits: number[] = []
    const [seen, progress] = [new Set<number>(), new Set<number>()]
    while (!isOver) {
      const startedMs = performance.now()
      const { items } = (await central.call('geo.layers', { token })).body as { items: { layer: string; active: number }[] }
      waits.push(performance.now() - startedMs)
      seen.add(items.find(({ layer }) => layer === 'component')?.active ?? -1)
      const at = (await central.call('geo.import', { token, params: { importId: body.importId } })).body as {
        step: string
        progress: number
      }
      if (at.step === '写入' && at.progress > 0.8) progress.add(at.progress)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect((await applying).body).toMatchObject({ state: 'applied' })
    expect([...seen].filter((active) => active !== 0 && active !== count)).toEqual([])
    // Between the pieces others have their turn.
    expect(progress.size).toBeGreaterThan(3)
    expect(Math.max(...waits)).toBeLessThan(mostWaitMs)
  } finally {
    await central.close()
  }
}, 60_000)
