/** Signs what a webhook of a test gets. */
export const HOOK_KEY = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=';
