//! The parts of a presentation that are the same in all, and those that list the others.

use std::fmt::Write as _;

use crate::export::svg::escaped;

/// The beginning of a part.
pub const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// The vocabularies of slides: drawing, relations, presentation.
pub const NAMESPACES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";
/// The group that every tree of shapes begins with.
pub const GROUP: &str = "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>";

macro_rules! kind {
    ($name:literal) => {
        concat!(
            "application/vnd.openxmlformats-officedocument.presentationml.",
            $name,
            "+xml"
        )
    };
}
macro_rules! relation {
    ($name:literal) => {
        concat!(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
            $name
        )
    };
}

/// Kinds of parts.
pub const SLIDE: &str = kind!("slide");
/// See [`SLIDE`].
pub const NOTES: &str = kind!("notesSlide");
/// See [`SLIDE`].
pub const PRESENTATION: &str = kind!("presentation.main");
/// See [`SLIDE`].
pub const CORE: &str = "application/vnd.openxmlformats-package.core-properties+xml";
const THEME: &str = "application/vnd.openxmlformats-officedocument.theme+xml";
const APP: &str = "application/vnd.openxmlformats-officedocument.extended-properties+xml";

/// Kinds of relations.
pub const LAYOUT: &str = relation!("slideLayout");
/// See [`LAYOUT`].
pub const NOTES_RELATION: &str = relation!("notesSlide");
/// See [`LAYOUT`].
pub const NOTES_MASTER_RELATION: &str = relation!("notesMaster");
/// See [`LAYOUT`].
pub const SLIDE_RELATION: &str = relation!("slide");
/// See [`LAYOUT`].
pub const IMAGE_RELATION: &str = relation!("image");
/// See [`LAYOUT`].
pub const LINK_RELATION: &str = relation!("hyperlink");

/// Name, kind and text of the parts that are always the same; those without a kind are relations.
pub const FIXED: [(&str, &str, &str); 11] = [
    ("_rels/.rels", "", ROOT),
    ("docProps/app.xml", APP, APP_TEXT),
    ("ppt/theme/theme1.xml", THEME, THEME_TEXT),
    ("ppt/theme/theme2.xml", THEME, THEME_TEXT),
    (
        "ppt/slideMasters/slideMaster1.xml",
        kind!("slideMaster"),
        MASTER,
    ),
    (
        "ppt/slideMasters/_rels/slideMaster1.xml.rels",
        "",
        MASTER_RELATIONS,
    ),
    (
        "ppt/slideLayouts/slideLayout1.xml",
        kind!("slideLayout"),
        LAYOUT_TEXT,
    ),
    (
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
        "",
        LAYOUT_RELATIONS,
    ),
    (
        "ppt/notesMasters/notesMaster1.xml",
        kind!("notesMaster"),
        NOTES_MASTER,
    ),
    (
        "ppt/notesMasters/_rels/notesMaster1.xml.rels",
        "",
        NOTES_MASTER_RELATIONS,
    ),
    ("ppt/presProps.xml", kind!("presProps"), PROPERTIES),
];

macro_rules! relations {
    ($($id:literal $kind:expr, $target:literal;)*) => {
        concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
            $("<Relationship Id=\"", $id, "\" Type=\"", $kind, "\" Target=\"", $target, "\"/>",)*
            "</Relationships>"
        )
    };
}
macro_rules! presentation_part {
    ($start:literal, $($rest:literal),*) => {
        concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<",
            $start,
            " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"",
            $($rest),*
        )
    };
}

const ROOT: &str = relations!(
    "rId1" relation!("officeDocument"), "ppt/presentation.xml";
    "rId2" "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml";
    "rId3" relation!("extended-properties"), "docProps/app.xml";
);
const MASTER_RELATIONS: &str = relations!(
    "rId1" relation!("slideLayout"), "../slideLayouts/slideLayout1.xml";
    "rId2" relation!("theme"), "../theme/theme1.xml";
);
const LAYOUT_RELATIONS: &str = relations!(
    "rId1" relation!("slideMaster"), "../slideMasters/slideMaster1.xml";
);
const NOTES_MASTER_RELATIONS: &str = relations!(
    "rId1" relation!("theme"), "../theme/theme2.xml";
);
const APP_TEXT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>Meanwhile</Application></Properties>";
const PROPERTIES: &str = presentation_part!("p:presentationPr", "/>");

const MASTER: &str = presentation_part!(
    "p:sldMaster",
    "><p:cSld><p:bg><p:bgPr><a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill><a:effectLst/></p:bgPr></p:bg><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>",
    "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"762000\" y=\"406400\"/><a:ext cx=\"10668000\" cy=\"1270000\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>",
    "</p:spTree></p:cSld><p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/><p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/></p:sldLayoutIdLst><p:txStyles><p:titleStyle><a:lvl1pPr algn=\"l\"><a:defRPr sz=\"4400\"/></a:lvl1pPr></p:titleStyle><p:bodyStyle/><p:otherStyle/></p:txStyles></p:sldMaster>"
);
const LAYOUT_TEXT: &str = presentation_part!(
    "p:sldLayout",
    " type=\"titleOnly\" preserve=\"1\"><p:cSld name=\"Step\"><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>",
    "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>",
    "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
);
const NOTES_MASTER: &str = presentation_part!(
    "p:notesMaster",
    "><p:cSld><p:bg><p:bgPr><a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill><a:effectLst/></p:bgPr></p:bg><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>",
    "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\" idx=\"2\"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"685800\" y=\"1143000\"/><a:ext cx=\"5486400\" cy=\"3086100\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:sp>",
    "<p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"body\" sz=\"quarter\" idx=\"3\"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"685800\" y=\"4400550\"/><a:ext cx=\"5486400\" cy=\"3600450\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>",
    "</p:spTree></p:cSld><p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/></p:notesMaster>"
);
/// The light theme, for what a person adds to the slides.
const THEME_TEXT: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Meanwhile\"><a:themeElements>",
    "<a:clrScheme name=\"Meanwhile\"><a:dk1><a:srgbClr val=\"1D2126\"/></a:dk1><a:lt1><a:srgbClr val=\"FFFDF9\"/></a:lt1><a:dk2><a:srgbClr val=\"646A72\"/></a:dk2><a:lt2><a:srgbClr val=\"F7F4EE\"/></a:lt2><a:accent1><a:srgbClr val=\"4A5A6A\"/></a:accent1><a:accent2><a:srgbClr val=\"B4521E\"/></a:accent2><a:accent3><a:srgbClr val=\"6B4E9B\"/></a:accent3><a:accent4><a:srgbClr val=\"8C2333\"/></a:accent4><a:accent5><a:srgbClr val=\"0F766E\"/></a:accent5><a:accent6><a:srgbClr val=\"9A3412\"/></a:accent6><a:hlink><a:srgbClr val=\"9A3412\"/></a:hlink><a:folHlink><a:srgbClr val=\"646A72\"/></a:folHlink></a:clrScheme>",
    "<a:fontScheme name=\"Meanwhile\"><a:majorFont><a:latin typeface=\"Georgia\"/><a:ea typeface=\"\"/><a:cs typeface=\"Arial\"/></a:majorFont><a:minorFont><a:latin typeface=\"Georgia\"/><a:ea typeface=\"\"/><a:cs typeface=\"Arial\"/></a:minorFont></a:fontScheme>",
    "<a:fmtScheme name=\"Meanwhile\"><a:fillStyleLst><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:fillStyleLst><a:lnStyleLst><a:ln w=\"6350\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln><a:ln w=\"12700\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln><a:ln w=\"19050\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln></a:lnStyleLst><a:effectStyleLst><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle></a:effectStyleLst><a:bgFillStyleLst><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:bgFillStyleLst></a:fmtScheme>",
    "</a:themeElements></a:theme>"
);

/// The kinds of all parts, given those of the numbered ones.
pub fn content_types(overrides: &str) -> String {
    format!(
        "{XML}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"jpg\" ContentType=\"image/jpeg\"/>{overrides}</Types>"
    )
}

/// A list of relations, given by kind and target, as rId1, rId2, ….
pub fn relations(of: &[(String, String)]) -> String {
    let mut out = format!(
        "{XML}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    for (number, (kind, target)) in of.iter().enumerate() {
        let outside = if kind == LINK_RELATION {
            " TargetMode=\"External\""
        } else {
            ""
        };
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "<Relationship Id=\"rId{}\" Type=\"{kind}\" Target=\"{}\"{outside}/>",
            number + 1,
            escaped(target)
        );
    }
    out.push_str("</Relationships>");
    out
}

/// The presentation with its slides.
pub fn presentation(slides: usize) -> String {
    let mut list = String::new();
    for number in 0..slides {
        let _ = write!(
            list,
            "<p:sldId id=\"{}\" r:id=\"rId{}\"/>",
            256 + number,
            FIRST_SLIDE + number
        );
    }
    format!(
        "{XML}<p:presentation {NAMESPACES}><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id=\"rId2\"/></p:notesMasterIdLst><p:sldIdLst>{list}</p:sldIdLst><p:sldSz cx=\"12192000\" cy=\"6858000\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>"
    )
}

/// The number of the relation of the first slide.
const FIRST_SLIDE: usize = 5;

/// What the presentation names.
pub fn presentation_relations(slides: usize) -> String {
    let own = |name: &str, target: &str| {
        (
            format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}"),
            target.to_owned(),
        )
    };
    let mut list = vec![
        own("slideMaster", "slideMasters/slideMaster1.xml"),
        own("notesMaster", "notesMasters/notesMaster1.xml"),
        own("theme", "theme/theme1.xml"),
        own("presProps", "presProps.xml"),
    ];
    for number in 1..=slides {
        list.push(own("slide", &format!("slides/slide{number}.xml")));
    }
    relations(&list)
}

/// Title and language.
pub fn core(title: &str, language: &str) -> String {
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>Meanwhile</dc:creator><dc:language>{}</dc:language></cp:coreProperties>",
        escaped(title),
        escaped(language)
    )
}

/// The notes of a slide.
pub fn notes(paragraphs: &str) -> String {
    format!(
        "{XML}<p:notes {NAMESPACES}><p:cSld><p:spTree>{GROUP}<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp><p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"body\" idx=\"1\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )
}
