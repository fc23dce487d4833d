import { fakeSecret, memberExtensions, type QueueProtocol } from './fake-queue-server'

/** The manager of an Asterisk with one queue, as its documentation has it (QueuePause, QueueStatus, events of app_queue). */
const fields = (entries: Readonly<Record<string, string | number>>): string =>
  `${Object.entries(entries)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\r\n')}\r\n\r\n`
const extensionOf = (name = ''): string => name.replace('PJSIP/', '')

export const asteriskProtocol: QueueProtocol = {
  greeting: 'Asterisk Call Manager/5.0.1\r\n',
  endOfCommand: '\r\n\r\n',
  answer: (command, state, session) => {
    const asked = Object.fromEntries(command.split('\r\n').map((line) => [line.split(': ')[0], line.split(': ').slice(1).join(': ')]))
    const own = { ActionID: asked.ActionID ?? '' }
    const refuse = (message: string): string => fields({ Response: 'Error', ...own, Message: message })
    if (asked.Action === 'Login') {
      session.isIn = asked.Username === 'seat' && asked.Secret === fakeSecret
      return session.isIn
        ? // What a manager tells everybody first is no answer.
          `${fields({ Event: 'FullyBooted', Privilege: 'system,all', Status: 'Fully Booted' })}${fields({ Response: 'Success', ...own, Message: 'Authentication accepted' })}`
        : refuse('Authentication failed')
    }
    if (!session.isIn) return refuse('Permission denied')
    if (asked.Action === 'Ping') return fields({ Response: 'Success', ...own, Ping: 'Pong', Timestamp: '1.0' })
    if (asked.Queue !== 'hotline') return refuse('No such queue')
    if (asked.Action === 'QueuePause') {
      const extension = extensionOf(asked.Interface)
      if (!memberExtensions.includes(extension)) return refuse('Interface not found')
      if (asked.Paused === 'true') state.paused.set(extension, asked.Reason ?? '')
      else state.paused.delete(extension)
      return fields({
        Response: 'Success',
        ...own,
        Message: asked.Paused === 'true' ? 'Interface paused successfully' : 'Interface unpaused successfully',
      })
    }
    const members = memberExtensions.map((extension) =>
      fields({
        ...{ Event: 'QueueMember', Queue: 'hotline', Name: `Seat ${extension}`, Location: `PJSIP/${extension}`, Membership: 'static' },
        ...{ Status: extension === '8003' ? 5 : state.busy.has(extension) ? 2 : 1, Paused: state.paused.has(extension) ? 1 : 0, ...own },
      }),
    )
    const entries = state.waiting.map(({ callerId, joinedMs }, at) =>
      fields({
        ...{ Event: 'QueueEntry', Queue: 'hotline', Position: at + 1, Channel: `PJSIP/trunk-${at}`, Uniqueid: callerId },
        ...{ CallerIDNum: '13800000000', Wait: Math.round((Date.now() - joinedMs) / 1_000), ...own },
      }),
    )
    return [
      fields({ Response: 'Success', ...own, EventList: 'start', Message: 'Queue status will follow' }),
      fields({ Event: 'QueueParams', Queue: 'hotline', Calls: state.waiting.length, ...own }),
      ...members,
      ...entries,
      fields({ Event: 'QueueStatusComplete', ...own, EventList: 'Complete', ListItems: members.length + entries.length }),
    ].join('')
  },
  joined: (callerId) =>
    // Other queues of the same exchange are nobody's business here.
    `${fields({ Event: 'QueueCallerJoin', Queue: 'reception', Uniqueid: 'other' })}${fields({ Event: 'QueueCallerJoin', Queue: 'hotline', Position: 1, Count: 1, Uniqueid: callerId })}`,
  answered: (callerId, extension) =>
    fields({ Event: 'AgentConnect', Queue: 'hotline', Uniqueid: callerId, Interface: `PJSIP/${extension}`, HoldTime: 3, RingTime: 1 }),
  rated: (ref, answer) =>
    fields({ Event: 'UserEvent', Privilege: 'user,all', UserEvent: 'Satisfaction', Uniqueid: '1.2', Ref: ref, Answer: answer }),
  ended: (callerId, wasAnswered) =>
    [
      ...(wasAnswered ? [] : [fields({ Event: 'QueueCallerAbandon', Queue: 'hotline', Uniqueid: callerId, HoldTime: 9 })]),
      fields({ Event: 'QueueCallerLeave', Queue: 'hotline', Uniqueid: callerId, Count: 0 }),
    ].join(''),
}
