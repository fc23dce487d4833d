import type { ReferenceDocument } from '#shared/contracts/reference'

/** What the product ships and the demonstration's city is built on. `areas` is cut down to the streets and communities that the city has. */
export interface CitySources {
  readonly areas: ReferenceDocument<'areas'>
  readonly departments: ReferenceDocument<'departments'>
  readonly edition: ReferenceDocument<'classification'>
  /** The edition that `limits` were written for. */
  readonly editionBefore: ReferenceDocument<'classification'>
  readonly limits: ReferenceDocument<'handlingLimits'>
}
