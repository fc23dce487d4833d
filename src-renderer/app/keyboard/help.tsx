import { Modal } from 'antd'
import { Kbd } from '../../ui/kbd'
import { type KeyScope, keyScopes, keyTable } from './keys'

/** The page behind F1: every key of the table, by where it works. */
export function KeyboardHelp({ isOpen, onClose }: { readonly isOpen: boolean; onClose(): void }) {
  return (
    <Modal open={isOpen} onCancel={onClose} footer={null} title="按键说明" width={720} centered destroyOnHidden>
      <div className="help">
        {(Object.keys(keyScopes) as KeyScope[])
          .filter((scope) => keyTable.some((row) => row.scope === scope))
          .map((scope) => (
            <section key={scope} aria-label={keyScopes[scope]}>
              <h3>{keyScopes[scope]}</h3>
              <dl>
                {keyTable
                  .filter((row) => row.scope === scope)
                  .map((row) => (
                    <div key={row.keys}>
                      <dt>
                        <Kbd framed>{row.keys}</Kbd>
                      </dt>
                      <dd>{row.meaning}</dd>
                    </div>
                  ))}
              </dl>
            </section>
          ))}
      </div>
      <p className="help-foot">各列表自己的按键在列表里按 ? 查看。</p>
    </Modal>
  )
}
