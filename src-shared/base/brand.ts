declare const brand: unique symbol

/** A primitive that the compiler keeps apart from others of its kind: a `SeatNo` is not an `AccountNo`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }
