/** JSON without binding: a strict reader that slices, a writer that splices, and the native dialect made of both. */
package io.switchboard.json;
