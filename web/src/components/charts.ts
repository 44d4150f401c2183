/* The parts of ECharts that are used; loaded when the first chart is shown. */
import { BarChart, LineChart, CustomChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([BarChart, LineChart, CustomChart, GridComponent, LegendComponent,
SVGRenderer]);

export { echarts };
