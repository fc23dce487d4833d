/** The page's edge to randomness for ids: a UUID that names one press of a key, or something made in this window. */
export const randomId = (): string => crypto.randomUUID()
