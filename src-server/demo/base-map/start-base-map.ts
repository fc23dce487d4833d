import { createServer, type Server } from 'node:http'
import { ok } from '#shared/base/result'
import { type BaseMapLook, type BaseMapSource, baseMapLooks } from '#shared/domain/base-map/source'
import { documentsOfKind, findReference } from '../../store/reference-store'
import { baseMapsId } from '../../workflows/base-maps/manage-base-maps'
import type { Services } from '../../workflows/services'
import { storeReference } from '../../workflows/store-reference'
import { createTileDrawer, type TileDrawer } from './draw-tile'

/**
 * A map service on this machine for the demonstration, which may reach none outside: an electronic map in GCJ-02, as commercial ones are, and a picture from
 * above in degrees of CGCS2000. Both say on the map that they are simulated. What an administrator configured himself is left alone.
 */
export interface DemonstrationBaseMap {
  stop(): Promise<void>
}

const ids: Readonly<Record<BaseMapLook, string>> = { electronic: 'demo-electronic', imagery: 'demo-imagery' }

export async function startBaseMap(services: Services): Promise<DemonstrationBaseMap | undefined> {
  const kept = await findReference(services.db, 'baseMaps', baseMapsId)
  if (kept && kept.entry.origin !== 'demonstration') return undefined
  const streets = (await documentsOfKind(services.db, 'streetsNetwork')).flatMap((document) => document.streets)
  const before = kept?.document.kind === 'baseMaps' ? portIn(kept.document.sources[0]?.layers[0]) : 0
  const drawers = new Map((['electronic', 'imagery'] as const).map((look) => [ids[look], createTileDrawer(sourceOf(look, 0), streets)]))
  // The same port again: seats keep what they have of it.
  const server = (await listen(drawers, before)) ?? (await listen(drawers, 0))
  const port = server && portOf(server)
  if (!server || port === undefined) return undefined
  const document = { kind: 'baseMaps' as const, title: '外部底图', sources: [sourceOf('electronic', port), sourceOf('imagery', port)] }
  await services.transactor.inTransaction(async (unit) => {
    await unit.lock('reference')
    const stored = { id: baseMapsId, origin: 'demonstration' as const, document }
    if (before !== port) await storeReference(services, unit, stored, { actor: null, action: 'reference.derived' })
    return ok(undefined)
  })
  return { stop: () => new Promise((resolve) => server.closeAllConnections() ?? server.close(() => resolve())) }
}

function sourceOf(look: BaseMapLook, port: number) {
  const isMap = look === 'electronic'
  return {
    sourceId: ids[look],
    name: `演示${baseMapLooks[look]}`,
    look,
    attribution: isMap ? '演示底图（模拟，GCJ-02）' : '演示底图（模拟）',
    coordinates: { system: isMap ? ('GCJ-02' as const) : ('CGCS2000' as const) },
    tiling: { kind: isMap ? ('webMercator' as const) : ('geographic' as const) },
    tileSize: 256 as const,
    ...{ minZoom: 9, maxZoom: 18 },
    layers: [`http://127.0.0.1:${port}/${ids[look]}/{z}/{x}/{y}.png`],
    subdomains: [],
  } satisfies BaseMapSource
}

const portIn = (template: string | undefined): number => Number(/^http:\/\/127\.0\.0\.1:(\d+)\//.exec(template ?? '')?.[1] ?? 0)

const path = /^\/([a-z-]+)\/(\d{1,2})\/(\d{1,8})\/(\d{1,8})\.png$/

function listen(drawers: ReadonlyMap<string, TileDrawer>, port: number): Promise<Server | undefined> {
  const server = createServer((request, response) => {
    const [, id = '', z, x, y] = path.exec(request.url ?? '') ?? []
    const drawn = drawers.get(id)?.draw({ z: Number(z), x: Number(x), y: Number(y) }) ?? Promise.resolve(undefined)
    drawn.then(
      (picture) => (picture ? response.writeHead(200, { 'content-type': 'image/png' }).end(picture) : response.writeHead(404).end()),
      () => response.writeHead(500).end(),
    )
  })
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

function portOf(server: Server): number | undefined {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : undefined
}
