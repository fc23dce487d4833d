import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/**
 * Serves the collector's page 城管通 at `/collector/`, from memory. It is the one page of this server that people use, so it alone may load its own
 * scripts and ask for place and camera; it needs no session, because it says nothing until somebody signs in.
 */
export interface CollectorFile {
  readonly path: string
  readonly bytes: Buffer
  readonly gzipped: Buffer
  readonly mediaType: string
  readonly etag: string
}

const root = '/collector/'
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export function registerCollectorPage(app: FastifyInstance, files: readonly CollectorFile[]): void {
  for (const file of files) {
    const isEntry = file.path === 'index.html'
    const route = { method: 'GET', schema: { hide: true }, handler: answer(file, isEntry) } as const
    app.route({ ...route, url: isEntry ? root : `${root}${file.path}` })
  }
  if (files.length > 0)
    app.route({ method: 'GET', url: '/collector', schema: { hide: true }, handler: (_, reply) => reply.redirect(root, 308) })
}

/** Names of all but the entry hold a hash of their content: they never change. */
function answer(file: CollectorFile, isEntry: boolean) {
  const etag = `"${file.etag}"`
  return (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    reply.headers({
      etag,
      vary: 'accept-encoding',
      'cache-control': isEntry ? 'no-cache' : 'public, max-age=31536000, immutable',
      'content-security-policy': policy,
      'permissions-policy': 'geolocation=(self), camera=(self), microphone=()',
    })
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    reply.type(file.mediaType)
    const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
    return takesGzip ? reply.header('content-encoding', 'gzip').send(file.gzipped) : reply.send(file.bytes)
  }
}
