import type { Post } from './deliver'

/** Posting over HTTP. Redirects are not followed: a signed message goes where the administrator said and nowhere else. What comes back is not read. */
export function createPost(withinMs: number): Post {
  return async (url, body, headers, stop) => {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(withinMs)]),
    })
    await response.body?.cancel()
    return { status: response.status }
  }
}
