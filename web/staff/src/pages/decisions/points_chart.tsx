import type { Shape } from '@fenqi/ui'
import { BarChart } from 'echarts/charts'
import { GridComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

use([BarChart, GridComponent, SVGRenderer])

/** A bar a characteristic: what it brought, and behind it what its best bin would have brought more. */
export function PointsChart({ contributions, told }: { contributions: Shape['StoredContribution'][]; told: string }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!place.current) return
    const chart = init(place.current, undefined, { renderer: 'svg' })
    chart.setOption(option(contributions))
    const resize = new ResizeObserver(() => chart.resize())
    resize.observe(place.current)
    return () => {
      resize.disconnect()
      chart.dispose()
    }
  }, [contributions])
  return <div ref={place} className="chart" role="img" aria-label={told} />
}

function option(contributions: Shape['StoredContribution'][]) {
  const bar = { type: 'bar' as const, stack: 'points', barWidth: '60%' }
  return {
    animation: false,
    textStyle: { fontFamily: colour('--face'), color: colour('--ink') },
    grid: { left: 8, right: 24, top: 8, bottom: 8, containLabel: true },
    xAxis: { type: 'value' as const, axisLabel: { color: colour('--ink-soft') } },
    yAxis: {
      type: 'category' as const,
      inverse: true,
      data: contributions.map((each) => each.name),
      axisLabel: { color: colour('--ink') },
    },
    series: [
      { ...bar, data: contributions.map((each) => each.points), itemStyle: { color: colour('--brand') } },
      { ...bar, data: contributions.map((each) => each.lost), itemStyle: { color: colour('--line') } },
    ],
  }
}

function colour(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim()
}
