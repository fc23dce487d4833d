import { useEffect, useMemo, useState } from 'react'
import type { AppError } from '#shared/base/app-error'
import type { SteeringView } from '#shared/contracts/steering-shapes'
import type { CameraSteering, SteerAsk } from '#shared/domain/camera/steering'
import { useBridge, useTopic } from '../../bridge/react'

/** Who has a camera and where it may be sent, and the way to send it. */
export interface Steering {
  /** Undefined: not read yet. */
  readonly state: CameraSteering | undefined
  readonly canTurn: boolean
  /** The newest refusal; null after something went well. */
  readonly problem: AppError | null
  steer(ask: SteerAsk): void
}

export function useSteering(cameraNo: string): Steering {
  const { call } = useBridge()
  const [read, setRead] = useState<SteeringView>()
  const [problem, setProblem] = useState<AppError | null>(null)
  const heard = useTopic('steering.changed')?.cameras.find((one) => one.cameraNo === cameraNo)
  useEffect(() => {
    let isOver = false
    setRead(undefined)
    setProblem(null)
    void call('cameras.readSteering', { cameraNo }).then((answer) => {
      if (isOver) return
      if (answer.ok) setRead(answer.value)
      else setProblem(answer.error)
    })
    return () => {
      isOver = true
    }
  }, [call, cameraNo])
  const queue = useMemo(
    () =>
      createSteerQueue(async (ask) => {
        const answer = await call('cameras.steer', { cameraNo, ask })
        setProblem(answer.ok ? null : answer.error)
        if (answer.ok) setRead(answer.value)
      }),
    [call, cameraNo],
  )
  const state = heard && heard.revision > (read?.steering.revision ?? -1) ? heard : read?.steering
  return { state, canTurn: read?.canTurn ?? false, problem, steer: queue }
}

/**
 * One ask after the other, so that a stop never overtakes the movement that it ends. Of movements that wait only the newest counts: a hand on the picture
 * makes more of them than a line carries.
 */
export function createSteerQueue(send: (ask: SteerAsk) => Promise<void>): (ask: SteerAsk) => void {
  let waiting: SteerAsk[] = []
  let isBusy = false
  async function work(): Promise<void> {
    isBusy = true
    for (let next = waiting.shift(); next; next = waiting.shift()) await send(next)
    isBusy = false
  }
  return (ask) => {
    const isMotion = ({ type }: SteerAsk) => type === 'move' || type === 'stop'
    if (isMotion(ask)) waiting = waiting.filter((one) => !isMotion(one))
    waiting.push(ask)
    if (!isBusy) void work()
  }
}
