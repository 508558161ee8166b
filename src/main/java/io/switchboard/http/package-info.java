/** What every door that begins with an HTTP request needs: where the request comes from, whether there is room for it, and
 * the login behind it. Knows servlets and the core, and no door. */
package io.switchboard.http;
