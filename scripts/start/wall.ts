/** The demonstration's wall at the seat that this script starts: a software wall, shown by windows of the workstation itself (`docs/walls.md`). */
export const demonstrationWall = {
  wallId: 'hall',
  isDemonstration: true,
  driver: { kind: 'software', product: '软件大屏（演示）' },
} as const

/** What somebody has set there is left. */
export const withWall = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  env.SEAT_WALL ? env : { ...env, SEAT_WALL: JSON.stringify(demonstrationWall) }
