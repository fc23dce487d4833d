/** Why somebody raises a hand 举手: the lead reads it at once, and comes with the right answer. Free words stand beside it. */
export const helpReasons = ['来电人情绪激动', '超出受理范围', '紧急或重大情况', '投诉受理员', '处置单位答复不了', '其他'] as const
