import type { Shape } from '@fenqi/ui'
import { useMemo } from 'react'
import Chart from '../../parts/chart'
import { colour } from '../../parts/colour'
import { useNames } from '../../parts/named'

/** A bar a characteristic: what it brought, and behind it what its best bin would have brought more. */
export default function PointsChart({ contributions, told }: { contributions: Shape['StoredContribution'][]; told: string }) {
  const name = useNames()
  return <Chart option={useMemo(() => option(contributions, name), [contributions, name])} told={told} />
}

function option(contributions: Shape['StoredContribution'][], name: (code: string) => string) {
  const bar = { type: 'bar' as const, stack: 'points', barWidth: '60%' }
  return {
    grid: { left: 8, right: 24, top: 8, bottom: 8, containLabel: true },
    xAxis: { type: 'value' as const, axisLabel: { color: colour('--ink-soft') } },
    yAxis: {
      type: 'category' as const,
      inverse: true,
      data: contributions.map((each) => name(each.name)),
      axisLabel: { color: colour('--ink') },
    },
    series: [
      { ...bar, data: contributions.map((each) => each.points), itemStyle: { color: colour('--brand') } },
      { ...bar, data: contributions.map((each) => each.lost), itemStyle: { color: colour('--line') } },
    ],
  }
}
