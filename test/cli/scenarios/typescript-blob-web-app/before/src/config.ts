export const config = {
  port: Number(process.env['PORT'] ?? 3000),
  container: process.env['PHOTO_CONTAINER'] ?? 'photos',
};
