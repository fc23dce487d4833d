import { useTopic } from '../../bridge/react'

/** The centre's entry for this seat; undefined until the centre was reached once, or when it does not know the seat. */
export function useSeat(): { readonly seatNo: string; readonly name: string; readonly extension: string | null } | undefined {
  const seatNo = useTopic('session.changed')?.seatNo
  return useTopic('centre.changed')?.centre?.seats.find((seat) => seat.seatNo === seatNo)
}
