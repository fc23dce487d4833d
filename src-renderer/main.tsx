import { createRoot } from 'react-dom/client'
import { Root } from './app/root'
import { paintRememberedScheme } from './app/theme/first-paint'
import './app/styles'
import { createBridge } from './bridge/bridge'
import { chooseTransport } from './bridge/choose-transport'

/** Starts the page: the scheme first, then the transport this window has. `?pane=` shows one pane alone; `?fake` exists in development only. */
paintRememberedScheme()
const query = new URLSearchParams(location.search)
const container = document.getElementById('root')
if (!container) throw new Error('index.html has no #root')
const transport = await transportOf(query)
createRoot(container).render(<Root bridge={createBridge(transport)} paneId={query.get('pane') ?? undefined} />)

async function transportOf(parameters: URLSearchParams) {
  if (import.meta.env.DEV && parameters.has('fake')) {
    const { developmentTransport } = await import('./bridge/fake-development')
    return developmentTransport(parameters)
  }
  return chooseTransport(window)
}
