/**
 * What the demonstration's handbook says about components, family by family: who looks after them, on what legal ground, when a report is filed
 * and when it is closed. `{}` stands for the component's name. Conditions run from the most to the least urgent. Weights say how common a family's
 * members are in a city, per subclass, 0 = not here. The wording is the demonstration's own.
 */
import type { Law } from './laws'

export interface DutyFamily {
  readonly codes: readonly string[]
  readonly type: string
  /** Whose it is, when not the one who looks after it. */
  readonly owner?: string
  readonly law: Law
  readonly conditions: readonly string[]
  readonly closing: string
  readonly weight: number
}

const codes = (text: string): readonly string[] => text.split(' ')

const cover = {
  conditions: [
    '{}缺失、移位或塌陷，路面敞口，行人车辆有坠落危险',
    '{}破裂、井圈断裂或盖板倾斜，踩压不稳',
    '{}沉降或凸起，与路面高差明显，碾压作响',
    '{}标识不清或锁扣失效，暂不影响通行',
  ],
  closing: '{}完好盖严，与路面平顺，碾压无异响，围挡和警示物已撤除。',
} as const

const coverOf = (list: string, type: string, law: Law, weight: number): DutyFamily => ({ codes: codes(list), type, law, weight, ...cover })

const pole = {
  conditions: ['{}倒伏、折断或严重倾斜，可能伤人或压断线路', '{}倾斜、底座松动或外露锐物', '{}锈蚀、污损或张贴涂画，影响观瞻'],
  closing: '{}扶正固定，残断部分已清走，底座和路面恢复平整。',
} as const

const cabinet = {
  conditions: ['{}箱门敞开、线缆裸露或漏电，有触碰危险', '{}箱体破损、倾斜或移位', '{}箱体污损、锈蚀或标识脱落'],
  closing: '{}箱门锁闭，箱体端正完整，无裸露线缆，警示标识清楚。',
} as const

const sign = {
  conditions: ['{}摇晃欲坠或折断倒地，可能砸伤行人', '{}缺失、歪斜、内容错误或被遮挡，起不到指示作用', '{}褪色、污损或有张贴涂写'],
  closing: '{}安装牢固、端正，文字图形清楚，周围无遮挡。',
} as const

const kiosk = {
  conditions: ['{}顶棚、门窗或电路损坏，有坠落、触电危险', '{}设施损坏，不能正常使用', '{}脏污、堆放杂物或张贴涂写'],
  closing: '{}结构牢固，功能恢复，内外整洁。',
} as const

export const componentFamilies: readonly DutyFamily[] = [
  coverOf('01001', '供水（节水）管理单位', 'waterSupply', 62),
  coverOf('01002', '排水管理单位', 'drainage', 88),
  coverOf('01003', '排水管理单位', 'drainage', 92),
  coverOf('01005 01017', '电力企业', 'power', 34),
  coverOf('01006', '市政设施管理单位', 'lighting', 26),
  coverOf('01007 01009', '通信运营企业', 'telecom', 40),
  coverOf('01008', '广电网络企业', 'broadcasting', 14),
  coverOf('01010', '供热供气管理单位', 'heating', 46),
  coverOf('01011', '燃气企业', 'gas', 24),
  coverOf('01012 01015', '公安交管部门', 'traffic', 12),
  coverOf('01014', '园林绿化管理单位', 'greening', 10),
  coverOf('01018', '环境卫生管理单位', 'appearance', 18),
  coverOf('01019', '供水（节水）管理单位', 'waterSupply', 2),
  coverOf('01020', '公交企业', 'roads', 2),
  coverOf('01021', '产权（权属）单位', 'oilPipes', 1),
  coverOf('01022 01023', '市政设施管理单位', 'roads', 8),
  {
    codes: ['01004'],
    type: '排水管理单位',
    law: 'drainage',
    weight: 104,
    conditions: ['{}缺失或断裂，形成敞口，行人非机动车易陷入', '{}被淤泥、树叶堵塞，雨天排水不畅', '{}松动、沉降，碾压作响'],
    closing: '{}完整稳固，箅孔通畅，周边无积泥。',
  },
  {
    codes: ['01013'],
    type: '消防救援部门',
    law: 'fire',
    weight: 22,
    conditions: ['{}漏水、断裂或无法出水', '{}被圈占、埋压或遮挡，取用不便', '{}部件缺失、锈蚀或标识不清'],
    closing: '{}完好可用，周围无遮挡圈占，标识清楚。',
  },
  {
    codes: codes('01024 01025 01063 01068'),
    type: '供水（节水）管理单位',
    law: 'waterSupply',
    weight: 1.5,
    conditions: ['{}漏水、喷水或井口敞开，影响通行安全', '{}损坏，不能正常供水', '{}锈蚀、污损，周围脏乱'],
    closing: '{}不漏不冒，供水正常，周围地面干净。',
  },
  {
    codes: ['01026'],
    type: '市政设施管理单位',
    law: 'roads',
    weight: 20,
    conditions: ['{}缺失或塌落，行人有踏空危险', '{}断裂、翘起或松动作响'],
    closing: '{}齐全平整，踩踏无松动。',
  },
  { codes: ['01027'], type: '通信运营企业', law: 'telecom', weight: 26, ...cabinet },
  { codes: codes('01028 01048'), type: '电力企业', law: 'power', weight: 16, ...cabinet },
  { codes: ['01060'], type: '市政设施管理单位', law: 'lighting', weight: 8, ...cabinet },
  { codes: ['01049'], type: '燃气企业', law: 'gas', weight: 5, ...cabinet },
  { codes: codes('01029 01036'), type: '电力企业', law: 'power', weight: 6, ...sign },
  { codes: ['01030'], type: '电力企业', law: 'power', weight: 48, ...pole },
  { codes: ['01031'], type: '通信运营企业', law: 'telecom', weight: 42, ...pole },
  { codes: ['01032'], type: '公交企业', law: 'roads', weight: 8, ...pole },
  { codes: codes('01033 01034 01035 01077'), type: '产权（权属）单位', law: 'roads', weight: 4, ...pole },
  {
    codes: ['01037'],
    type: '市政设施管理单位',
    law: 'lighting',
    weight: 148,
    conditions: [
      '{}灯杆倾倒、灯罩坠落或线缆裸露，危及行人',
      '{}成片不亮，整段道路无照明',
      '{}单盏不亮、闪烁或白天长明',
      '灯杆污损、有小广告或检修门缺失',
    ],
    closing: '{}按时启闭，亮度正常，灯杆端正，检修门锁闭。',
  },
  {
    codes: codes('01038 01039'),
    type: '市政设施管理单位',
    law: 'lighting',
    weight: 9,
    conditions: ['{}破碎、线缆裸露，有触电或割伤危险', '{}不亮或闪烁', '{}移位、污损'],
    closing: '{}固定牢靠，亮灯正常，无裸露线缆。',
  },
  { codes: codes('01040 01042'), type: '报业、邮政企业', law: 'post', weight: 3, ...kiosk },
  { codes: codes('01041 01043 01053'), type: '通信运营企业', law: 'telecom', weight: 2, ...kiosk },
  { codes: codes('01044 01045 01059 01075'), type: '产权（权属）单位', law: 'appearance', weight: 5, ...kiosk },
  { codes: codes('01051 01066'), type: '公安派出所', law: 'police', weight: 3, ...kiosk },
  { codes: ['01052'], type: '园林绿化管理单位', law: 'greening', weight: 3, ...kiosk },
  {
    codes: codes('01046 01058'),
    type: '属地街道办事处',
    law: 'sports',
    weight: 14,
    conditions: ['{}断裂、脱焊或锐角外露，使用者可能受伤', '{}零件缺失、松动，不能使用', '{}掉漆、锈蚀或周围有积水杂物'],
    closing: '{}牢固可用，无锐角裸露，场地平整干净。',
  },
  {
    codes: ['01047'],
    type: '电力企业',
    law: 'power',
    weight: 2,
    conditions: ['{}倾斜、塔材缺失或导线低垂，危及人身', '塔基被取土、堆物或搭建占压', '{}警示标识缺失、锈蚀明显'],
    closing: '{}塔身稳固，保护区内隐患已排除，警示标识齐全。',
  },
  {
    codes: codes('01050 01062'),
    type: '产权（权属）单位',
    law: 'telecom',
    weight: 14,
    conditions: ['{}倾斜、松脱，可能坠落伤人', '{}外壳破损、线缆垂落或被遮挡', '{}锈蚀、污损'],
    closing: '{}固定牢靠，线缆归束，无遮挡。',
  },
  {
    codes: ['01054'],
    type: '产权（权属）单位',
    law: 'power',
    weight: 9,
    conditions: ['{}漏电、冒烟或枪线破皮，有触电起火危险', '{}损坏停用，或车位被长期占用', '{}屏幕、外壳污损，标识不清'],
    closing: '{}充电正常，线缆收纳整齐，绝缘完好。',
  },
  {
    codes: codes('01056 01057 01061'),
    type: '供热供气管理单位',
    law: 'gas',
    weight: 1.5,
    conditions: ['{}破裂、泄漏或有异味蒸汽逸出', '{}支架松动、保温层脱落', '{}锈蚀或警示标识缺失'],
    closing: '{}无泄漏，支撑稳固，保温和警示标识齐全。',
  },
  { codes: codes('01055 01067 01069 01070 01072 01073 01074'), type: '排水管理单位', law: 'drainage', weight: 2, ...kiosk },
  {
    codes: codes('01064 01076'),
    type: '产权（权属）单位',
    law: 'lifts',
    weight: 1,
    conditions: ['{}构件松脱、运行失灵或有人被困', '{}局部破损，不能正常使用', '{}污损、照明不亮'],
    closing: '{}安全可用，破损处已修复，现场整洁。',
  },
  { codes: ['01065'], type: '市容管理科室', law: 'appearance', weight: 6, ...sign },
  {
    codes: ['01071'],
    type: '水务（河道）管理部门',
    law: 'floods',
    weight: 0.5,
    conditions: ['{}坍塌、渗漏，影响防汛安全', '{}开裂、缺口或被挖掘', '{}勾缝脱落、杂草丛生'],
    closing: '{}墙体完整，无渗漏缺口，墙脚干净。',
  },
  {
    codes: codes('02001 02002 02003 02041'),
    type: '市容管理科室',
    law: 'parking',
    weight: 4,
    conditions: ['{}设备失控或构件坠落，危及人车', '{}损坏停用、出入不畅或计费失灵', '标线不清、地面破损或环境脏乱'],
    closing: '{}设备正常，标线清楚，秩序和地面状况良好。',
  },
  {
    codes: codes('02004 02005'),
    type: '公交企业',
    law: 'roads',
    weight: 15,
    conditions: ['{}顶板、灯箱或玻璃破碎，可能坠落伤人', '{}座椅、站牌损坏或信息错误', '{}脏污、张贴小广告'],
    closing: '{}设施完好，站牌信息正确，站内整洁。',
  },
  {
    codes: codes('02006 02007 02008 02009 02042 02044'),
    type: '市政设施管理单位',
    law: 'roads',
    weight: 1.2,
    conditions: ['{}构件脱落、栏杆缺失或结构异常，危及通行', '{}铺装破损、积水或照明不亮', '{}墙面污损、有堆物或摆摊'],
    closing: '{}栏杆铺装完好，无积水堆物，照明正常。',
  },
  { codes: codes('02010 02011 02023'), type: '公安交管部门', law: 'traffic', weight: 40, ...sign },
  { codes: codes('02012 02013 02038'), type: '地名（民政）管理部门', law: 'placeNames', weight: 26, ...sign },
  { codes: codes('02030 02035 02036 02037 02039 02040'), type: '产权（权属）单位', law: 'placeNames', weight: 2, ...sign },
  {
    codes: codes('02014 02015 02016'),
    type: '公安交管部门',
    law: 'traffic',
    weight: 14,
    conditions: ['{}不亮、错乱或倒伏，路口通行有危险', '{}偏转、被遮挡，辨认困难', '{}外壳破损、污损'],
    closing: '{}显示正确、位置端正，无遮挡。',
  },
  {
    codes: codes('02017 02018 02022'),
    type: '公安交管部门',
    law: 'traffic',
    weight: 40,
    conditions: ['{}倒伏或散落在车道上，妨碍行车', '{}断开、移位或缺失，起不到隔离作用', '{}变形、积尘污损'],
    closing: '{}成线顺直，连接牢固，无缺损，表面干净。',
  },
  {
    codes: codes('02019 02020 02021 02043'),
    type: '市政设施管理单位',
    law: 'roads',
    weight: 22,
    conditions: ['{}断裂倒地或螺栓外露，易绊倒行人', '{}缺失、松动或歪斜', '{}褪色、污损'],
    closing: '{}安装牢固、间距整齐，无突出尖锐物。',
  },
  {
    codes: codes('02024 02033'),
    type: '市政设施管理单位',
    law: 'roads',
    weight: 2,
    conditions: ['{}板面、镜面松脱，可能坠落', '{}破损、缺失或角度不对', '{}污损、涂画'],
    closing: '{}完整牢固，角度正确，表面干净。',
  },
  {
    codes: codes('02025 02026 02027'),
    type: '市容管理科室',
    law: 'appearance',
    weight: 18,
    conditions: ['{}构件断裂、锐物外露', '{}损坏或挤占步道盲道', '标线模糊、车辆倒伏凌乱'],
    closing: '{}设施完好，车辆入位成列，步道畅通。',
  },
  {
    codes: codes('02028 02032'),
    type: '交通运输部门',
    law: 'rail',
    weight: 0.4,
    conditions: ['{}失灵、断裂，威胁行车安全', '{}损坏或被占用', '{}污损、标识不清'],
    closing: '{}功能正常，周围无侵占。',
  },
  {
    codes: codes('02029 02031'),
    type: '水务（河道）管理部门',
    law: 'ports',
    weight: 0,
    conditions: ['{}断裂、塌落，有落水危险', '{}栏杆、铺板缺损', '{}污损、堆物'],
    closing: '{}稳固完整，通行安全。',
  },
  {
    codes: ['02034'],
    type: '市政设施管理单位',
    law: 'accessible',
    weight: 20,
    conditions: ['{}断裂塌陷，通行者易摔倒', '{}破损、缺失或被堵占', '{}标识不清'],
    closing: '{}连续完好，无占用，标识清楚。',
  },
  {
    codes: codes('03001 03002'),
    type: '环境卫生管理单位',
    law: 'appearance',
    weight: 5,
    conditions: ['{}污水外溢、停水停电或无故关闭', '{}门锁、洁具、照明损坏', '{}地面脏污、异味明显或标识不清'],
    closing: '{}正常开放，设施完好，清洁无异味。',
  },
  {
    codes: ['03003'],
    type: '环境卫生管理单位',
    law: 'appearance',
    weight: 6,
    conditions: ['{}满溢，粪水漫流到路面', '{}池体破损、盖板松动', '{}清掏不及时、异味扰民'],
    closing: '{}已清掏，不外溢，盖板盖严，地面冲洗干净。',
  },
  {
    codes: codes('03004 03014'),
    type: '环境卫生管理单位',
    law: 'householdWaste',
    weight: 6,
    conditions: ['{}垃圾满溢、污水横流或起火冒烟', '{}门窗、箱体损坏', '{}外墙污损、周围脏乱'],
    closing: '{}垃圾清空，设施完好，周围冲洗干净。',
  },
  {
    codes: codes('03005 03015 03016'),
    type: '环境卫生管理单位',
    law: 'householdWaste',
    weight: 62,
    conditions: ['{}冒烟起火或倾倒堵路', '{}满溢，周边散落垃圾', '{}破损、缺盖或移位', '{}箱体脏污、有小广告'],
    closing: '{}完好归位，已清空，箱体和周围干净。',
  },
  {
    codes: codes('03006 03007 03008'),
    type: '城管综合执法队伍',
    owner: '产权（权属）单位',
    law: 'ads',
    weight: 36,
    conditions: ['{}松动、悬垂，有坠落危险', '{}破损、缺字断亮或逾期未拆', '{}褪色、污损'],
    closing: '{}牢固完整、画面整洁，危险部分已拆除。',
  },
  {
    codes: codes('03009 03010 03011 03012 03013'),
    type: '生态环境部门',
    law: 'weather',
    weight: 1,
    conditions: ['{}倾倒、线缆裸露，有触碰危险', '{}破损或停止工作', '{}污损、被遮挡'],
    closing: '{}运行正常，外观完好，周围无遮挡。',
  },
  {
    codes: ['04001'],
    type: '园林绿化管理单位',
    law: 'oldTrees',
    weight: 0.6,
    conditions: ['{}折枝、倒伏或被砍伤挖根', '{}生长衰弱，树洞、病虫明显', '{}围栏、名牌缺失或树下堆物'],
    closing: '{}已救护支撑，围栏名牌齐全，保护范围内无堆物。',
  },
  {
    codes: codes('04002 04003'),
    type: '园林绿化管理单位',
    law: 'greening',
    weight: 130,
    conditions: ['{}倒伏或断枝悬挂，砸人砸车或阻断道路', '{}枝叶遮挡信号灯、路灯或贴近线路', '{}枯死、缺株或病虫明显'],
    closing: '断枝倒树已清走，{}修剪或补植完毕，视线和线路无遮挡。',
  },
  {
    codes: codes('04004 04008 04011'),
    type: '园林绿化管理单位',
    law: 'greening',
    weight: 36,
    conditions: ['{}断裂外翘，易绊倒、划伤行人', '{}缺失、歪斜或松动', '{}锈蚀、污损，内有垃圾'],
    closing: '{}完整稳固，无尖锐突出，内外干净。',
  },
  {
    codes: codes('04005 04006 04007 04009 04010 04012'),
    type: '园林绿化管理单位',
    law: 'greening',
    weight: 8,
    conditions: ['{}倒塌、漏电或构件松脱，危及游人', '{}破损、缺件，不能正常使用', '{}污损、植物枯萎或有涂画'],
    closing: '{}完好稳固，功能恢复，表面清洁。',
  },
  {
    codes: codes('04013 04014'),
    type: '园林绿化管理单位',
    law: 'greening',
    weight: 22,
    conditions: ['{}内有倒树、深坑，危及行人', '{}黄土裸露、植被大片枯死或被踩踏', '{}杂草过高、有垃圾杂物'],
    closing: '{}已补植修剪，无裸土坑洞，垃圾清理干净。',
  },
  {
    codes: ['05002'],
    type: '住建部门',
    law: 'property',
    weight: 1,
    conditions: ['{}进水、漏电或结构受损', '{}违规住人、堆放易燃物', '{}出入口破损脏乱'],
    closing: '{}险情排除，违规使用已纠正，出入口整洁。',
  },
  {
    codes: ['05003'],
    type: '供热供气管理单位',
    law: 'gas',
    weight: 0.8,
    conditions: ['{}有泄漏、异味或明火隐患', '{}排队占道、进出口破损', '{}标识污损、环境脏乱'],
    closing: '{}隐患排除，进出有序，环境整洁。',
  },
  {
    codes: ['05009'],
    type: '文化市场执法部门',
    law: 'relics',
    weight: 0.5,
    conditions: ['{}坍塌、失火或被盗凿损毁', '{}被占用、搭建，或保护标志缺失', '{}周围脏乱、有涂画'],
    closing: '{}险情已处置，保护范围内无侵占，标志完好。',
  },
]
