/**
 * Tokens in the form of JWTs: which keys may have signed them and what they claim (RFC 7515, 7519, 8725). Knows channel
 * names, what a token is to the core, strict JSON, and jose4j, which does the cryptography.
 */
package io.switchboard.token;
