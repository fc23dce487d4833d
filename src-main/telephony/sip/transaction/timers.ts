/** RFC 3261 §17.1.1.1 and table 4 (appendix A), in milliseconds. */
export const t1Ms = 500
export const t2Ms = 4_000
export const t4Ms = 5_000
/** Timers B, F, H, J, L, M: how long a transaction may take. */
export const transactionMs = 64 * t1Ms
/** Timer D over UDP: the final response may be repeated for at least so long. */
export const timerDMs = 32_000
