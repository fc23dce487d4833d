import { Button } from 'antd'
import { useTopic } from '../../../bridge/react'
import { Kbd } from '../../../ui/kbd'
import { formatTime } from '../../../ui/time-format'
import { telephoneKeys } from '../key-names'
import { useSoftphone } from '../softphone'

/** What the shift lead wrote, pinned over the open form, whichever it is, until its person says that it was read. The oldest has the key. */
export function LeadWords() {
  const { ask } = useSoftphone()
  const said = useTopic('telephone.changed')?.said
  if (!said || said.length === 0) return null
  return (
    <ul className="lead-words" aria-label="值班长的文字提示">
      {said.map(({ saidId, byName, words, at }, place) => (
        <li key={saidId} role="alert">
          <span className="lead-words-by">
            值班长 {byName} {formatTime(at)}
          </span>
          <b>{words}</b>
          <Button size="small" onClick={() => void ask({ command: 'agent.acknowledge', input: { saidId } })}>
            知道了 {place === 0 && <Kbd>{telephoneKeys.said.keys}</Kbd>}
          </Button>
        </li>
      ))}
    </ul>
  )
}
