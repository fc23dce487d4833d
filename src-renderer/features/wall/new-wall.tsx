import { App, Button, Form, Input, InputNumber, Select } from 'antd'
import { useBridge, useTopic } from '../../bridge/react'

/** The first wall of a centre: its name, its screens, and the seat that drives it. */
export function NewWall() {
  const bridge = useBridge()
  const { message } = App.useApp()
  const seats = useTopic('centre.changed')?.centre?.seats ?? []
  interface Fields {
    readonly name: string
    readonly columns: number
    readonly rows: number
    readonly driverSeatNo?: string
  }
  async function save({ name, columns, rows, driverSeatNo }: Fields): Promise<void> {
    const answer = await bridge.call('wall.configure', {
      wallId: 'hall',
      name,
      size: { columns, rows },
      driverSeatNo: driverSeatNo ?? null,
    })
    if (!answer.ok) void message.error(answer.error.message)
  }
  return (
    <Form
      className="wall-new"
      layout="horizontal"
      size="small"
      labelCol={{ span: 8 }}
      initialValues={{ name: '指挥大厅', columns: 4, rows: 3 }}
      onFinish={save}
    >
      <p>中心还没有登记大屏。登记以后，驱动坐席一签入，大屏就连接。</p>
      <Form.Item name="name" label="名称" rules={[{ required: true, message: '请填写名称' }]}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="columns" label="几列" rules={[{ required: true, message: '请填写列数' }]}>
        <InputNumber min={1} max={16} />
      </Form.Item>
      <Form.Item name="rows" label="几行" rules={[{ required: true, message: '请填写行数' }]}>
        <InputNumber min={1} max={16} />
      </Form.Item>
      <Form.Item name="driverSeatNo" label="驱动坐席" extra="接着大屏或解码器的那台工作站">
        <Select allowClear options={seats.map(({ seatNo, name }) => ({ value: seatNo, label: `${seatNo} ${name}` }))} />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        登记
      </Button>
    </Form>
  )
}
