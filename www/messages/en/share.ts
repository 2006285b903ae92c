/** English words of sharing: links, embedding. */
export const share = {
  share: "Share",
  title: "Share this scenario",
  link_explained:
    "The whole scenario is in the link, after the “#”: browsers keep that part to themselves, no server sees it.",
  include: "Also in the link",
  include_names: "Names of deals",
  include_owners: "Owners",
  include_notes: "Notes",
  names_left_out:
    "Without names, identifiers that contain one are replaced; simulated figures then move within their standard error.",
  copy_link: "Copy the link",
  copied: "Copied.",
  copy_refused: "The browser refuses to copy: select the text and copy it by hand.",
  length: { one: "{count} character", other: "{count} characters" },
  too_long:
    "{count} characters: mail programs and chats often break links beyond {most}. Send the scenario file instead.",
  save_file: "Save the scenario file",
  bare_link:
    "This page has no address that others could open: put the part below behind the address of your dealcast page.",
  link_name: "The link",
  opened_from_link: "Open the scenario of the link",
  opened: "This is the scenario of the link. “Undo” brings back what was here.",
  malformed: "It does not start as a dealcast link does.",
  future:
    "It was made by a later version (format {found}; this version reads {supported}). Update dealcast to open it.",
  truncated: "It is cut off: {found} of {expected} characters are there. Ask for it again, or for the file.",
  altered: "It was altered on the way: its checksum does not match. Ask for it again, or for the file.",
  too_large: "It would unpack to more than {maximum} bytes.",
  readonly_reset: "Back to the original",
  part_link: "Link",
  part_embed: "In a wiki",
  part_snapshot: "Snapshot",
  by_hand: "Text to copy",
  saved: "Saved.",
  saved_perhaps: "Handed to the browser. A sandbox may drop it: the text is here to copy.",
  host: "Where",
  host_confluence_cloud: "Confluence Cloud",
  host_confluence_dc: "Confluence Data Center",
  host_sharepoint: "SharePoint Online",
  host_notion: "Notion",
  host_mediawiki: "MediaWiki",
  host_gitlab: "GitLab, GitHub, Azure DevOps",
  host_wikijs: "Wiki.js",
  host_html: "Any HTML page",
  folder: "Address of the folder that dealcast is served from",
  snippet: "Text for the page",
  copy_snippet: "Copy the text",
  settings_all:
    "The web server of that folder must allow the wiki to frame it: header “{header}” with the wiki's address, and no “X-Frame-Options”. The page is read-only for its readers.",
  settings_confluence_cloud:
    "An administrator installs an HTML or iframe app from the marketplace and allows the address of the folder in it. Apps that take only pasted HTML: paste the whole file dealcast.html; where the app's policy refuses WebAssembly, dealcast-compat.html.",
  settings_confluence_dc:
    "The HTML macro is usually off: an administrator turns it on under “Manage apps”, or allows the folder's address for the iframe macro. Paste the text into that macro.",
  settings_sharepoint:
    "Use the Embed web part. A site administrator adds the folder's domain under “HTML field security”. A .html file put into a library is downloaded, not shown: serve the folder from a web server.",
  settings_notion:
    "Type /embed and paste the address. Notion shows only public https pages that allow framing.",
  settings_mediawiki:
    "An administrator installs the Widgets extension. Someone with the right to edit widgets saves the text as Widget:Dealcast; pages then use {example}.",
  settings_gitlab:
    "These wikis show no frames: put the link into the page, and beside it a snapshot as SVG or a chart's table as Markdown.",
  settings_wikijs:
    "An administrator turns off “Sanitize HTML” under Administration, Rendering, Security. Paste the text into a page in the HTML or Markdown editor.",
  settings_html:
    "The page needs “script-src” and “connect-src” for the folder's address and {wasm}, if it has a policy. The folder must send “Access-Control-Allow-Origin” when it is on another host. More on the page embed.html of the folder.",
  snapshot_explained:
    "The sentence, the pictures and the assumptions of this view as they stand, with seed, version and date: for PDF exports, mails, and wikis that show no frames. It names the deals that its pictures name.",
  save_html: "Save as HTML",
  save_svg: "Save as SVG",
  copy_html: "Copy the HTML",
  copy_svg: "Copy the SVG",
};
