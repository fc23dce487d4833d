import { useCallback, useState } from 'react'
import type { Content } from '#shared/domain/wall/wall'
import type { Cameras } from '../../bridge/use-cameras'
import { contentOf } from './camera-list'

/** What is being typed on the number pad: first the camera, then the cell; Enter in between, Enter at the end. */
export interface Typed {
  readonly stage: 'camera' | 'cell'
  readonly camera: string
  readonly cell: string
  /** The camera's name, or what is wrong. */
  readonly words: string
}

const nothing = { stage: 'camera', camera: '', cell: '' } as const

/** `onDone` gets the cell that was typed, or null for the one that is selected. */
export function useTyped(cameras: Cameras, onDone: (content: Content, cell: number | null) => void) {
  const [state, setState] = useState<Omit<Typed, 'words'>>(nothing)
  const found = state.camera === '' ? undefined : cameras.find(state.camera)
  const press = useCallback(
    (key: string): void => {
      const { stage, camera, cell } = state
      if (/^[0-9]$/.test(key)) {
        if (stage === 'camera') setState({ ...state, camera: (camera + key).slice(0, 6) })
        else setState({ ...state, cell: (cell + key).slice(-2) })
      }
      if (key === 'Escape') setState(nothing)
      if (key === 'Backspace') {
        if (stage === 'camera') setState({ ...state, camera: camera.slice(0, -1) })
        else if (cell === '') setState({ ...state, stage: 'camera' })
        else setState({ ...state, cell: cell.slice(0, -1) })
      }
      if ((key === 'Enter' || key === 'Tab') && found) {
        if (stage === 'camera') setState({ ...state, stage: 'cell' })
        else {
          onDone(contentOf(found), cell === '' ? null : Number(cell))
          setState(nothing)
        }
      }
    },
    [state, found, onDone],
  )
  const words = found ? found.name : state.camera === '' ? '' : '没有这个号'
  return { typed: { ...state, words }, press }
}
