const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';

/** Alphabets that issuers make their secrets of. */
export const hex = `${digits}abcdef`;
export const lowerAlphanumeric = lower + digits;
export const alphanumeric = upper + lower + digits;
export const base64url = `${alphanumeric}-_`;
