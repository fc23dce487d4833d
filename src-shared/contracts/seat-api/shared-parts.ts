/** What many rows of the command table share. */
export const closed = { additionalProperties: false }

/** How a live command can fail on its way to the centre. */
export const central = [
  'central/offline',
  'central/timeout',
  'central/interrupted',
  'central/fault',
  'central/unintelligible',
  'auth/signInRequired',
  'auth/tokenExpired',
  'auth/passwordMustChange',
] as const
