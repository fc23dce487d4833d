/** What is measured inside the page of P6, where the frames are. */
export interface P6Measures {
  /** ms from each key of `text` to its painted rows; the box is emptied first. */
  keyTimes(text: string): Promise<readonly number[]>
  /** Lengths of the frames, in ms, while the table moves with every frame; each tenth move is a pull on the scroll bar to another part. */
  frameTimes(count: number): Promise<readonly number[]>
}

const wheelPx = 240

export const measures: P6Measures = {
  async keyTimes(text) {
    const took: number[] = []
    type('')
    await painted()
    for (let length = 1; length <= text.length; length += 1) {
      await painted()
      const startedMs = performance.now()
      type(text.slice(0, length))
      await painted()
      took.push(performance.now() - startedMs)
    }
    return took
  },
  async frameTimes(count) {
    const grid = found<HTMLElement>('[role=grid]')
    type('')
    await painted()
    const took: number[] = []
    let before = await frame()
    for (let wheel = 0; wheel < count; wheel += 1) {
      if (wheel % 10 === 9) grid.scrollTop = (grid.scrollHeight * ((wheel * 37) % 100)) / 100
      else grid.scrollBy({ top: wheelPx })
      const now = await frame()
      took.push(now - before)
      before = now
    }
    return took
  },
}

function type(text: string): void {
  const input = found<HTMLInputElement>('input[aria-label=筛选]')
  // React listens to the setter of the element itself: the one of the prototype is what a key does.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text)
  input.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

function found<T extends Element>(selector: string): T {
  const element = document.querySelector<T>(selector)
  if (!element) throw new Error(`The page has no ${selector}.`)
  return element
}

function frame(): Promise<number> {
  return new Promise((done) => requestAnimationFrame(done))
}

/** A task posted in a frame runs after that frame was painted. */
async function painted(): Promise<void> {
  await frame()
  await new Promise<void>((done) => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => {
      channel.port1.close()
      done()
    }
    channel.port2.postMessage(null)
  })
}
