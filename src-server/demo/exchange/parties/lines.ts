/**
 * Every sentence that the demonstration's played parties can say, with the voice that says it. The files in `resources/demo/speech` are made from this
 * table by `scripts/write-demo-speech.ts`; a sentence that is changed here must be spoken again there.
 */
export interface SpokenLine {
  readonly text: string
  readonly voice: Voice
}

export type Voice = 'man' | 'oldMan' | 'woman' | 'girl' | 'announcer'

const said = (voice: Voice, lines: Readonly<Record<string, string>>): Readonly<Record<string, SpokenLine>> =>
  Object.fromEntries(Object.entries(lines).map(([id, text]) => [id, { text, voice }]))

export const lines: Readonly<Record<string, SpokenLine>> = {
  ...said('man', {
    'man-hello': '喂，您好，听得见吗？',
    'man-thanks': '好的，谢谢，再见。',
    'road-problem': '您好，我反映一下，平新街四十四号门前，路面塌了个坑，挺深的，车一过就颠。',
    'road-since': '就在公交站旁边，昨天傍晚开始的。',
    'road-name': '我姓王，就打这个电话。',
    'passage-problem': '我要投诉，阳光小区二号楼的消防通道，被车堵死了。',
    'passage-since': '白色的轿车，停了一天了。',
    'passage-wish': '您能派人来看看吗？',
  }),
  ...said('oldMan', {
    'lamp-problem': '你好，建安街八号门口的路灯，灯杆歪了，电线都露出来了，怪吓人的。',
    'lamp-since': '就一根，路口东边那根。',
    'lamp-name': '我姓张，楼里的老住户了。',
    'oldMan-thanks': '好，麻烦你们了，再见。',
    'wire-problem': '快点记一下，南城街十六号，有根电线掉下来了，就垂在路中间。',
    'wire-since': '没有人受伤，我站在旁边看着呢。',
    'wire-wish': '好，你们快点来。',
  }),
  ...said('woman', {
    'woman-hello': '喂，您好，听得见吗？',
    'woman-thanks': '好的，谢谢您，再见。',
    'noise-problem': '喂，是热线吗？幸福花园旁边的工地，夜里十一点还在施工，吵得孩子睡不着。',
    'noise-since': '每天都这样，有一个星期了。',
    'noise-name': '我姓李，请你们管一管。',
    'grill-problem': '喂，兴建街一百一十三号楼下，天天晚上烧烤，油烟全往家里灌。',
    'grill-name': '我不想留电话，你们记一下就行。',
    'callback-hello': '喂，哪位？',
    'callback-done': '哦，是热线啊。问题已经解决了，挺满意的。',
  }),
  ...said('girl', {
    'bin-problem': '您好，第三农贸市场后门的垃圾箱满了，都堆到路上了，味道特别大。',
    'bin-since': '有两三天没人清了。',
    'girl-thanks': '好的，谢谢，拜拜。',
    'girl-never-mind': '喂，你好，我想问一下，算了，不用了。',
  }),
  ...said('announcer', {
    'queue-welcome': '这里是演示热线，不是真实热线。请稍候。',
    'echo-intro': '演示回音。请讲话，一秒后会听到自己的声音。',
    'keypad-intro': '演示按键。请按键，我会读出来，按井号结束。',
    'outside-intro': '这里是演示话机，不是真实单位。您的话会重播给您听。',
    'department-intro': '这里是演示话机，责任单位',
    'department-echo': '您的话会重播给您听。',
    'satisfaction-ask': '演示评价。请您对本次服务评价，满意请按一，基本满意请按二，不满意请按三。',
    'satisfaction-thanks': '感谢您的评价，再见。',
    'key-0': '零',
    'key-1': '一',
    'key-2': '二',
    'key-3': '三',
    'key-4': '四',
    'key-5': '五',
    'key-6': '六',
    'key-7': '七',
    'key-8': '八',
    'key-9': '九',
    'key-star': '星号',
  }),
}
