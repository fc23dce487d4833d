import type { EpochMs } from '#shared/base/clock'

/** How often a page that dies is brought back before a person is asked. Pure. */
export const reloadLimit = { count: 3, withinMs: 60_000 } as const

/** Whether one more reload is within the limit, and the deaths that still count. */
export function afterDeath(
  earlier: readonly EpochMs[],
  now: EpochMs,
): { readonly deaths: readonly EpochMs[]; readonly mayReload: boolean } {
  const deaths = [...earlier.filter((at) => now - at < reloadLimit.withinMs), now]
  return { deaths, mayReload: deaths.length <= reloadLimit.count }
}
