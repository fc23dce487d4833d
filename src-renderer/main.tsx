import { createRoot } from 'react-dom/client'
import { Root } from './app/root'
import { paintRememberedScheme } from './app/theme/first-paint'
import { WallRoot } from './app/wall-root'
import './app/styles'
import { createBridge } from './bridge/bridge'
import { chooseTransport } from './bridge/choose-transport'

/** Starts the page: the scheme first, then the transport this window has. `?pane=` shows one pane alone,
 * `?wall=` is a window of the software wall; `?fake` exists in development only. */
paintRememberedScheme()
const query = new URLSearchParams(location.search)
const container = document.getElementById('root')
if (!container) throw new Error('index.html has no #root')
const transport = await transportOf(query)
const bridge = createBridge(transport)
const wallScreen = Number(query.get('wall') ?? 0)
createRoot(container).render(
  wallScreen > 0 ? <WallRoot bridge={bridge} screen={wallScreen} /> : <Root bridge={bridge} paneId={query.get('pane') ?? undefined} />,
)

async function transportOf(parameters: URLSearchParams) {
  if (import.meta.env.DEV && parameters.has('fake')) {
    const { developmentTransport } = await import('./bridge/fake-development')
    return developmentTransport(parameters)
  }
  return chooseTransport(window)
}
