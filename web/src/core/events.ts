/* Server-sent events: what others change, and how far an import is. */
type Listener = () => void;
type ImportListener = (stage: { id: string; stage: string }) => void;

let source: EventSource | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const changes = new Set<Listener>();
const imports = new Set<ImportListener>();

/** Several changes at once are told as one. */
function changed(): void {
  clearTimeout(timer);
  timer = setTimeout(() => changes.forEach((f) => f()), 400);
}

export function connect(): void {
  if (source) return;
  source = new EventSource('/api/v1/events');
  source.addEventListener('change', changed);
  source.addEventListener('import', (e) => {
    const stage = JSON.parse((e as MessageEvent<string>).data) as { id: string; stage: string };
    imports.forEach((f) => f(stage));
  });
}
export function disconnect(): void {
  source?.close();
  source = null;
}
export function onChange(f: Listener): () => void {
  changes.add(f);
  return () => changes.delete(f);
}
export function onImport(f: ImportListener): () => void {
  imports.add(f);
  return () => imports.delete(f);
}
