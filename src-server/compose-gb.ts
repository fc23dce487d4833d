import { createHash } from 'node:crypto'
import { err, ok, type Result } from '#shared/base/result'
import { domainOfCode } from '#shared/domain/gb28181/codes'
import { openGb28181 } from './gb28181/open-gb28181'
import type { GbSettings } from './gb28181/settings'
import { createZlmGateway } from './gb28181/zlm-gateway'
import { createChannelEntry } from './workflows/cameras/enter-channels'
import { createGbBook } from './workflows/cameras/gb-book'
import { createGbDirectory } from './workflows/cameras/gb-directory'
import type { GbPlatform } from './workflows/cameras/gb-platform'
import { createCameraWatch } from './workflows/cameras/watch-cameras'
import type { Services } from './workflows/services'
import { keepTicking } from './workflows/ticking'

/** Puts the GB/T 28181 platform of one process together: the SIP end, the accounts behind it, the city's directory beside it. */
export interface ComposedGb {
  readonly platform: GbPlatform
  stop(): Promise<void>
}

/** Accounts may be changed by another process on the same database. */
const accountsEveryMs = 15_000

/** The error is the system's own words: a port that is taken, an address that this machine does not have. */
export async function composeGb(
  services: Services,
  settings: GbSettings,
  fetch: typeof globalThis.fetch,
): Promise<Result<ComposedGb, string>> {
  const { clock, log } = services
  const { gateway } = settings
  const directory = createGbDirectory(services)
  await directory.refresh()
  const opened = await openGb28181({
    ...{ settings, book: createGbBook(services), clock, log },
    gateway: gateway ? createZlmGateway({ ...gateway, rtpTransport: gateway.rtpTransport ?? 'udp' }, fetch) : null,
  })
  if (!opened.ok) return err(opened.error)
  const { gb, port } = opened.value
  const domain = domainOfCode(settings.serverId)
  const entry = createChannelEntry(services, gb, directory)
  const watch = createCameraWatch(services, gb, directory)
  const digest = (name: 'md5' | 'sha256', text: string) => createHash(name).update(text).digest('hex')
  const platform: GbPlatform = {
    ...gb,
    directory,
    about: {
      ...{ serverId: settings.serverId, domain, address: settings.advertised ?? settings.listen.address, port },
      hasGateway: gateway !== undefined,
    },
    placeOf: entry.placeOf,
    secretOf: (deviceId, password) => {
      const text = `${deviceId}:${domain}:${password}`
      return { realm: domain, md5: digest('md5', text), sha256: digest('sha256', text) }
    },
  }
  const ticking = keepTicking(
    async () => {
      await directory.refresh()
      await entry.enter()
      await watch.look()
      return true
    },
    'devices of GB/T 28181',
    services,
  )
  const stopReading = clock.every(accountsEveryMs, () => {
    gb.accountsChanged().catch((thrown: unknown) => log.error('accounts of devices could not be read', { reason: String(thrown) }))
  })
  log.info('devices of GB/T 28181 may register', { port, serverId: settings.serverId })
  return ok({
    platform,
    async stop() {
      stopReading()
      await ticking.stop()
      await gb.stop()
    },
  })
}
