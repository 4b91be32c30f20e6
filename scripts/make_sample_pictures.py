"""Draw the sample newspaper's pictures: `python scripts/make_sample_pictures.py [id …]`."""

from sample_pictures.__main__ import main

if __name__ == "__main__":
    main()
