"""The picture desk: pictures with captions, credits and rights, galleries, renditions.

In: files that editors and the wire bring. Out: `pictures.queries` (a picture as pages show it),
`GalleryChanged`, `PictureChanged`. Owns: pictures, renditions, galleries.
"""
