/** As vendors make them; nothing else of the environment says that these are secrets. */
export const KEYS = {
  sentry:
    'sntrys_eyJpYXQiOjE3MDAwMDAwMDAuMCwidXJsIjoiaHR0cHM6Ly9zZW50cnkuaW8ifQ==_b64/Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZg+Zm9v',
  user: 'sntryu_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
  license: 'eu01xx0f1e2d3c4b5a69788796a5b4c3d2e1NRAL',
  anodot: '3f9c1b7a5d2e4860a1b2c3d4e5f60718',
  trigger: '9b2f7c1e5a3d8046b7c9d1e3f5a7092b4c6d8e0f1a3b5c7d',
};
