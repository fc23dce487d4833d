import type { Media } from '#main/telephony/media/media'
import type { LineWire } from '#main/telephony/open-line'
import type { ExchangeProfile } from '#shared/contracts/exchange-profile'
import type { StateOfTopic } from '#shared/contracts/seat-api/table'
import { createSeatPlace, password, type SeatPlace, startCentre, type TestCentre, type TestSeat } from '../integration/main/harness'
import type { Kamailio } from './peers/kamailio'
import { openTalkingPage, type TalkingPage } from './talking-page'

/** A whole seat at an exchange, with a page that speaks: signed in, registered and ready to answer. Its extension is 1002. */
export interface TalkingSeat {
  readonly centre: TestCentre
  readonly place: SeatPlace
  readonly seat: TestSeat
  readonly page: TalkingPage
  shows(isWanted: (state: StateOfTopic<'telephone.changed'>) => boolean, withinMs?: number): Promise<StateOfTopic<'telephone.changed'>>
  stop(): Promise<void>
}

export const seatToneHz = 1_000

/** The line as IT configures it. */
export const lineOf = (port: number, more: Partial<ExchangeProfile> = {}) => ({
  exchange: {
    ...{ name: '测试交换机', domain: 'hotline.test', account: '1002', proxy: `127.0.0.1:${port}` },
    ...{ localAddress: '127.0.0.1', registerForS: 60, optionsEveryS: 2 },
    ...more,
  },
  password: 'pw1002',
})

export interface TalkingOptions {
  readonly profile?: Partial<ExchangeProfile>
  readonly lineWire?: LineWire
  readonly media?: Media
}

export async function startTalkingSeat(
  kamailio: Pick<Kamailio, 'port'>,
  { profile = {}, lineWire, media }: TalkingOptions = {},
): Promise<TalkingSeat> {
  const centre = await startCentre()
  const place = createSeatPlace(centre.url)
  const seat = await place.start({ telephone: lineOf(kamailio.port, profile), lineWire, ...(media && { media }) })
  const shows: TalkingSeat['shows'] = (isWanted, withinMs) => seat.until('telephone.changed', isWanted, withinMs)
  const page = await openTalkingPage(seat.call, seatToneHz)
  await seat.must('session.signIn', { accountNo: '0803', password })
  await shows(({ registration, faults }) => registration?.state === 'registered' && faults.length === 0)
  await seat.must('agent.showReady', {})
  return {
    ...{ centre, place, seat, page, shows },
    async stop() {
      page.close()
      await place.remove()
      await centre.stop()
    },
  }
}
