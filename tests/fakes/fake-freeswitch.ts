import { fakeSecret, memberExtensions, type QueueProtocol } from './fake-queue-server'

/** The event socket of a FreeSWITCH with one callcenter queue, as its documentation has it. */
const reply = (text: string): string => `Content-Type: command/reply\nReply-Text: ${text}\n\n`
const answer = (text: string): string => `Content-Type: api/response\nContent-Length: ${Buffer.byteLength(text)}\n\n${text}`
const event = (entries: Readonly<Record<string, string>>): string => {
  const all = { 'Event-Name': 'CUSTOM', 'Event-Subclass': 'callcenter::info', ...entries }
  const body = `${Object.entries(all)
    .map(([key, value]) => `${key}: ${encodeURIComponent(value)}`)
    .join('\n')}\n\n`
  return `Content-Length: ${Buffer.byteLength(body)}\nContent-Type: text/event-plain\n\n${body}`
}

export const freeswitchProtocol: QueueProtocol = {
  greeting: 'Content-Type: auth/request\n\n',
  endOfCommand: '\n\n',
  answer: (command, state, session) => {
    if (command.startsWith('auth ')) {
      const isRight = command === `auth ${fakeSecret}`
      return reply(isRight ? '+OK accepted' : '-ERR invalid')
    }
    if (command === 'event plain CUSTOM callcenter::info seat::satisfaction') {
      session.isIn = true
      return reply('+OK event listener enabled plain')
    }
    if (!session.isIn) return reply('-ERR command not found')
    const set = /^api callcenter_config agent set status (\S+)@default '([^']+)'$/.exec(command)
    if (set) {
      const [, extension = '', status = ''] = set
      if (!memberExtensions.includes(extension)) return answer('-ERR Agent not found!\n')
      if (status === 'Available') state.paused.delete(extension)
      else state.paused.set(extension, status)
      return answer('+OK\n')
    }
    if (command === 'api callcenter_config queue list agents hotline@default') {
      const rows = memberExtensions.map((extension) =>
        [
          `${extension}@default`,
          'single_box',
          'callback',
          state.paused.get(extension) ?? 'Available',
          state.busy.has(extension) ? 'In a queue call' : 'Waiting',
        ].join('|'),
      )
      return answer(`name|system|type|status|state\n${rows.join('\n')}\n+OK\n`)
    }
    if (command === 'api callcenter_config queue list members hotline@default') {
      const rows = state.waiting.map(
        ({ callerId, joinedMs }) => `hotline@default|u-${callerId}|${callerId}|${Math.floor(joinedMs / 1_000)}|Waiting`,
      )
      return answer(['queue|uuid|session_uuid|joined_epoch|state', ...rows, 'hotline@default|u-x|gone|1|Abandoned', '+OK', ''].join('\n'))
    }
    return command.startsWith('api echo') ? answer('seat') : answer('-ERR no reply\n')
  },
  joined: (callerId) =>
    `${event({ 'CC-Queue': 'reception@default', 'CC-Action': 'member-queue-start', 'CC-Member-Session-UUID': 'other' })}${event({ 'CC-Queue': 'hotline@default', 'CC-Action': 'member-queue-start', 'CC-Member-UUID': `u-${callerId}`, 'CC-Member-Session-UUID': callerId })}`,
  answered: (callerId, extension) =>
    event({
      'CC-Queue': 'hotline@default',
      'CC-Action': 'bridge-agent-start',
      'CC-Agent': `${extension}@default`,
      'CC-Member-Session-UUID': callerId,
    }),
  rated: (ref, answer) => event({ 'Event-Subclass': 'seat::satisfaction', Ref: ref, Answer: answer }),
  ended: (callerId, wasAnswered) =>
    event({
      ...{ 'CC-Queue': 'hotline@default', 'CC-Action': 'member-queue-end', 'CC-Member-Session-UUID': callerId },
      'CC-Cause': wasAnswered ? 'Terminated' : 'Cancel',
    }),
}
