import type { WebSocket } from 'ws'

/**
 * Sends a camera's picture to one window. A socket each, because a browser opens at most six connections for plain requests to one host, and a wall
 * shows sixteen pictures. A window that does not keep up is not sent more until it has taken what it got: the core then skips pictures for it.
 */
const nothingThere = 4404
const mostBufferedBytes = 1_000_000
const lookAgainMs = 20

export async function servePicture(socket: WebSocket, picture: AsyncGenerator<Uint8Array> | undefined): Promise<void> {
  if (!picture) return socket.close(nothingThere, 'no such picture')
  const gone = new Promise<'gone'>((resolve) => socket.once('close', () => resolve('gone')))
  socket.on('error', () => {})
  try {
    for (let next = picture.next(); ; next = picture.next()) {
      const step = await Promise.race([next, gone])
      if (step === 'gone' || step.done) break
      socket.send(step.value, { binary: true })
      while (socket.bufferedAmount > mostBufferedBytes && socket.readyState === socket.OPEN)
        await new Promise((resolve) => setTimeout(resolve, lookAgainMs))
    }
  } finally {
    void picture.return(undefined)
    socket.close()
  }
}
