/* The parts of Element Plus that are used, each from its own file: what is not named here
 * is not even read by the build. Their styles: styles/element.ts. */
export { ElButton } from 'element-plus/es/components/button/index.mjs';
export { ElCheckbox } from 'element-plus/es/components/checkbox/index.mjs';
export { ElConfigProvider } from 'element-plus/es/components/config-provider/index.mjs';
export { ElDialog } from 'element-plus/es/components/dialog/index.mjs';
export { ElDrawer } from 'element-plus/es/components/drawer/index.mjs';
export { ElMessage } from 'element-plus/es/components/message/index.mjs';
export { ElPopover } from 'element-plus/es/components/popover/index.mjs';
export { ElProgress } from 'element-plus/es/components/progress/index.mjs';
