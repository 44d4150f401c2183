import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// In development the API is a program that already runs: PLUMBLINE_API=http://127.0.0.1:8080.
const api = process.env.PLUMBLINE_API ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [vue()],
  server: { proxy: { '/api': api, '/healthz': api } },
  build: {
    target: 'es2020',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      output: {
        manualChunks(id) {
          if (id.includes('node_modules/echarts') || id.includes('zrender')) return 'charts';
          if (id.includes('node_modules')) return 'vendor';
          return undefined;
        },
      },
    },
  },
});
