/** `npm test` takes the part that says most in a minute; `npm run interop` takes everything. */
export const isShort = process.env.SEAT_INTEROP === 'short'
