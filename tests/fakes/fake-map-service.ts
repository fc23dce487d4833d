import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTileDrawer, type DrawnStreet } from '#server/demo/base-map/draw-tile'
import type { BaseMapSource } from '#shared/domain/base-map/source'

/**
 * A map service on loopback as 天地图 is one: WMTS by query, a key, and a sentence with 200 for a wrong one. What its squares show is drawn in the system
 * that the test says it is truly in, whatever is declared elsewhere.
 */
export interface FakeMapService {
  readonly port: number
  /** Addresses as they were asked for, with the key. */
  readonly asked: string[]
  /** How it answers from now on. */
  behave(how: 'well' | 'broken' | 'redirecting' | 'notAPicture'): void
  /** A template for an XYZ or WMTS source of this service. */
  readonly template: string
  stop(): Promise<void>
}

export async function startFakeMapService(
  truly: Pick<BaseMapSource, 'coordinates' | 'tiling' | 'tileSize' | 'look'>,
  streets: readonly DrawnStreet[],
  key: string,
): Promise<FakeMapService> {
  const drawer = createTileDrawer(truly, streets)
  const asked: string[] = []
  let how: Parameters<FakeMapService['behave']>[0] = 'well'
  const server: Server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const query = new URL(request.url ?? '/', 'http://fake').searchParams
    if (how === 'broken') return response.destroy()
    if (how === 'redirecting') return response.writeHead(302, { location: `http://127.0.0.1:${port}/elsewhere` }).end()
    if (how === 'notAPicture' || query.get('tk') !== key) return response.writeHead(200).end('{"msg":"非法Key","code":300101}')
    const no = { z: Number(query.get('TILEMATRIX')), x: Number(query.get('TILECOL')), y: Number(query.get('TILEROW')) }
    void drawer.draw(no).then((picture) => (picture ? response.writeHead(200).end(picture) : response.writeHead(404).end()))
    return response
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    asked,
    template: `http://127.0.0.1:${port}/vec_w/wmts?SERVICE=WMTS&REQUEST=GetTile&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}`,
    behave(next) {
      how = next
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
