import { createRoot } from 'react-dom/client'
import { App } from './app'
import { createCentral } from './central'
import { openKept } from './kept'
import { PartsContext } from './parts'
import { createReference } from './reference'
import { createReports } from './reports'
import './style.css'

/** The collector's page 城管通: puts the parts together once and shows the first screen. */
const root = createRoot(document.getElementById('root') as HTMLElement)

async function start(): Promise<void> {
  const central = createCentral(sessionStorage)
  const reports = await createReports(await openKept(indexedDB), central)
  const parts = { central, reports, reference: createReference(central) }
  root.render(
    <PartsContext value={parts}>
      <App />
    </PartsContext>,
  )
}

start().catch((thrown: unknown) => {
  root.render(
    <p className="trouble">
      本机存储打不开，不能保证已填写的内容不丢失，所以没有启动。请退出无痕模式或清出空间后重试。（{String(thrown)}）
    </p>,
  )
})
