/**
 * The URL of the WHATWG standard, which Node and every browser have as a global: of their libraries the only thing that shared code knows, and of it only
 * what is used.
 */
declare class URL {
  static canParse(input: string): boolean
  constructor(input: string)
  readonly protocol: string
  readonly username: string
  readonly password: string
  readonly host: string
  readonly hostname: string
  readonly port: string
  readonly pathname: string
  readonly search: string
  readonly hash: string
  readonly origin: string
}
