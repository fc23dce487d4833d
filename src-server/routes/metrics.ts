import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** Figures for Prometheus, in a registry of this server's own, so that two servers in one process do not add up. */
export interface Metrics {
  requestStarted(): void
  /** `seconds` undefined: how long an event stream was open says nothing about speed. */
  requestEnded(labels: { readonly route: string; readonly method: string; readonly status: number }, seconds: number | undefined): void
  text(): Promise<string>
}

export function createMetrics(options: {
  readonly databaseKind: string
  readonly version: string
  readonly streams: () => number
}): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'central_request_seconds',
    help: 'Time from request to answer, by route of the contract table.',
    labelNames: ['route', 'method', 'status'],
    // Around the budget of 50 ms for a read and 100 ms for an action.
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
    registers,
  })
  const outstanding = new Gauge({ name: 'central_requests_outstanding', help: 'Requests not answered yet.', registers })
  new Gauge({
    name: 'central_event_streams',
    help: 'Open event streams.',
    registers,
    collect() {
      this.set(options.streams())
    },
  })
  new Gauge({ name: 'central_info', help: 'Constant 1; the labels tell.', labelNames: ['database', 'version'], registers }).set(
    { database: options.databaseKind, version: options.version },
    1,
  )
  return {
    requestStarted: () => outstanding.inc(),
    requestEnded: (labels, seconds) => {
      outstanding.dec()
      if (seconds !== undefined) durations.observe({ ...labels, status: String(labels.status) }, seconds)
    },
    text: () => registry.metrics(),
  }
}
