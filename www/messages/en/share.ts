/** English words of sharing: links, embedding. */
export const share = {
  share: "Share",
  title: "Share this scenario",
  link: "Link",
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
  readonly: "Read-only: play with the figures, nothing is saved.",
  readonly_reset: "Back to the original",
  embed: "Embed",
};
