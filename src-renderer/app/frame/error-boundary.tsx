import { Button } from 'antd'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { Lamp } from '../../ui/lamp'

/**
 * Keeps a fault where it happened: the pane says so and can be loaded again while the rest works on. React gives this to classes only. The
 * fault goes to this PC's log through `onFault`; here people only see what is safe and what to do.
 */
interface Props {
  /** What failed, as people call it: 「工作日志」. */
  readonly name: string
  /** What reloading means here: the pane, or the whole window. */
  readonly scope: 'pane' | 'window'
  onFault(error: Error, componentStack: string): void
  readonly children: ReactNode
}

interface State {
  readonly error: Error | undefined
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override componentDidCatch(error: Error, { componentStack }: ErrorInfo): void {
    this.props.onFault(error, componentStack ?? '')
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    const { name, scope } = this.props
    return (
      <div className="fault" role="alert">
        <h1>
          <Lamp tone="red" label="" /> {name}出错了
        </h1>
        <p>程序在显示{name}时出错，已记入本机日志。已填写的文字都存在本机，不会丢；其他部分照常可用。</p>
        <p className="fault-text">{error.message}</p>
        <div className="fault-go">
          {scope === 'pane' ? (
            <Button type="primary" onClick={() => this.setState({ error: undefined })}>
              重新载入本窗格
            </Button>
          ) : (
            <Button type="primary" onClick={() => location.reload()}>
              重新载入窗口
            </Button>
          )}
          <Button onClick={() => void navigator.clipboard.writeText(`${name}\n${error.stack ?? error.message}`)}>复制错误</Button>
        </div>
      </div>
    )
  }
}
