import type { AppError } from '#shared/base/app-error'
import type { Result } from '#shared/base/result'
import type { Me } from '#shared/contracts/central-api/sessions'
import type { InputOfCommand, OutputOfCommand } from '#shared/contracts/seat-api/table'
import type { Equipment } from '#shared/domain/equipment/equipment'
import type { RepairOrder, RepairStep } from '#shared/domain/equipment/repair'

/**
 * Equipment at this seat: the ledger as the centre last told it, and repair orders folded from everybody's steps and one's own that wait to be sent. A step
 * is a record: written here with the entry of the duty log that tells of it, in one transaction, and sent when it can be.
 */
export interface EquipmentDesk {
  entered(me: Me): void
  left(): void
  heardStep(step: RepairStep): void
  heardItem(item: Equipment): void
  readAgain(): void
  orders(): readonly RepairOrder[]
  readonly commands: {
    'equipment.write'(input: InputOfCommand<'equipment.write'>): Promise<Result<OutputOfCommand<'equipment.write'>, AppError>>
    'repairs.report'(input: InputOfCommand<'repairs.report'>, me: Me): Result<OutputOfCommand<'repairs.report'>, AppError>
    'repairs.act'(input: InputOfCommand<'repairs.act'>, me: Me): Result<OutputOfCommand<'repairs.act'>, AppError>
  }
}
