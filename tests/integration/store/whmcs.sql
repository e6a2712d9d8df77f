-- The tables of a WHMCS 8.4 shop that stock depends on, with the types, character set, zero dates and
-- missing indexes of the real ones. Two products, as in scenarios/fleets/small-shop.json.
SET SESSION sql_mode = '';
CREATE TABLE tblproducts (
  id INT(10) NOT NULL AUTO_INCREMENT, type TEXT NOT NULL, gid INT(10) NOT NULL, name TEXT NOT NULL,
  slug VARCHAR(128) NOT NULL DEFAULT '', description TEXT NOT NULL, hidden TINYINT(1) NOT NULL,
  showdomainoptions TINYINT(1) NOT NULL, welcomeemail INT(10) NOT NULL DEFAULT 0,
  stockcontrol TINYINT(1) NOT NULL, qty INT(10) NOT NULL DEFAULT 0, paytype TEXT NOT NULL,
  allowqty INT(1) NOT NULL, autosetup TEXT NOT NULL, servertype TEXT NOT NULL,
  servergroup INT(10) NOT NULL, configoption1 TEXT NOT NULL, configoption2 TEXT NOT NULL,
  configoption3 TEXT NOT NULL, configoption4 TEXT NOT NULL, configoption5 TEXT NOT NULL,
  configoption6 TEXT NOT NULL, configoption7 TEXT NOT NULL, configoption8 TEXT NOT NULL,
  tax TINYINT(1) NOT NULL, `order` INT(10) NOT NULL DEFAULT 0, retired TINYINT(1) NOT NULL,
  is_featured TINYINT(1) NOT NULL, created_at TIMESTAMP NOT NULL DEFAULT '0000-00-00 00:00:00',
  updated_at TIMESTAMP NOT NULL DEFAULT '0000-00-00 00:00:00',
  PRIMARY KEY (id), KEY gid (gid), KEY name (name(64))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
CREATE TABLE tblproductconfiglinks (
  id INT(10) NOT NULL AUTO_INCREMENT, gid INT(10) NOT NULL, pid INT(10) NOT NULL, PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
CREATE TABLE tblproductconfigoptions (
  id INT(10) NOT NULL AUTO_INCREMENT, gid INT(10) NOT NULL DEFAULT 0, optionname TEXT NOT NULL,
  optiontype TEXT NOT NULL, qtyminimum INT(10) NOT NULL, qtymaximum INT(10) NOT NULL,
  `order` INT(1) NOT NULL DEFAULT 0, hidden INT(1) NOT NULL, PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
CREATE TABLE tblproductconfigoptionssub (
  id INT(10) NOT NULL AUTO_INCREMENT, configid INT(10) NOT NULL, optionname TEXT NOT NULL,
  sortorder INT(10) NOT NULL DEFAULT 0, hidden INT(1) NOT NULL, PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
CREATE TABLE tblservers (
  id INT(10) NOT NULL AUTO_INCREMENT, name TEXT NOT NULL, ipaddress TEXT NOT NULL,
  hostname TEXT NOT NULL, type TEXT NOT NULL, username TEXT NOT NULL, password TEXT NOT NULL,
  active INT(1) NOT NULL, disabled INT(1) NOT NULL, PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
CREATE TABLE tblservergroupsrel (
  id INT(10) NOT NULL AUTO_INCREMENT, groupid INT(10) NOT NULL, serverid INT(10) NOT NULL,
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
CREATE TABLE tblhosting (
  id INT(10) NOT NULL AUTO_INCREMENT, userid INT(10) NOT NULL, orderid INT(10) NOT NULL,
  packageid INT(10) NOT NULL, server INT(10) NOT NULL, regdate DATE NOT NULL, domain TEXT NOT NULL,
  qty INT(10) UNSIGNED NOT NULL DEFAULT 1, nextduedate DATE DEFAULT NULL,
  termination_date DATE NOT NULL DEFAULT '0000-00-00',
  domainstatus ENUM('Pending','Active','Suspended','Terminated','Cancelled','Fraud','Completed')
    NOT NULL DEFAULT 'Pending',
  created_at TIMESTAMP NOT NULL DEFAULT '0000-00-00 00:00:00', PRIMARY KEY (id),
  KEY orderid (orderid), KEY productid (packageid), KEY status (domainstatus)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
CREATE TABLE tblhostingconfigoptions (
  id INT(10) NOT NULL AUTO_INCREMENT, relid INT(10) NOT NULL, configid INT(10) NOT NULL,
  optionid INT(10) NOT NULL, qty INT(10) NOT NULL, PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
CREATE TABLE tblorders (
  id INT(10) NOT NULL AUTO_INCREMENT, ordernum BIGINT(10) NOT NULL, userid INT(10) NOT NULL,
  date DATETIME NOT NULL, amount DECIMAL(16,2) NOT NULL, status TEXT NOT NULL, PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
CREATE TABLE tblorderstatuses (
  id INT(10) NOT NULL AUTO_INCREMENT, title TEXT NOT NULL, color TEXT NOT NULL,
  showpending INT(1) NOT NULL, showactive INT(1) NOT NULL, showcancelled INT(1) NOT NULL,
  sortorder INT(10) NOT NULL, PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
CREATE TABLE tblupgrades (
  id INT(10) NOT NULL AUTO_INCREMENT, userid INT(10) NOT NULL, orderid INT(10) NOT NULL,
  type ENUM('service','addon','package','configoptions') NOT NULL, date DATE NOT NULL,
  relid INT(10) NOT NULL, originalvalue TEXT NOT NULL, newvalue TEXT NOT NULL,
  status ENUM('Pending','Completed') NOT NULL DEFAULT 'Pending', paid ENUM('Y','N') NOT NULL
    DEFAULT 'N', PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
CREATE TABLE mod_virtfusion_direct (
  id INT(10) NOT NULL AUTO_INCREMENT, service_id INT(10) NOT NULL, server_id INT(10) NOT NULL,
  server_object LONGTEXT, PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3 COLLATE=utf8mb3_unicode_ci;
INSERT INTO tblorderstatuses (title, color, showpending, showactive, showcancelled, sortorder) VALUES
  ('Pending', '#cc0000', 1, 0, 0, 10), ('Active', '#779500', 0, 1, 0, 20),
  ('Cancelled', '#888888', 0, 0, 1, 30), ('Fraud', '#000000', 0, 0, 0, 40),
  ('Bank transfer', '#000000', 1, 0, 0, 50);
INSERT INTO tblproducts (id, type, gid, name, servertype, stockcontrol, servergroup, qty,
  configoption1, configoption2, configoption3, configoption7) VALUES
  (1, 'server', 1, 'VPS S', 'VirtFusionDirect', 1, 0, 20, '1', '1', '1', '10'),
  (2, 'server', 1, 'VPS M', 'VirtFusionDirect', 1, 0, 12, '1', '2', '1', '10'),
  (3, 'server', 1, 'No stock control', 'VirtFusionDirect', 0, 0, 5, '1', '1', '1', '10'),
  (4, 'server', 1, 'Other case', 'virtfusiondirect', 1, 0, 5, '1', '1', '1', '10'),
  (5, 'hostingaccount', 1, 'Web space', 'cpanel', 1, 0, 5, '1', '1', '1', '10');
INSERT INTO tblproductconfiglinks (gid, pid) VALUES (1, 1);
INSERT INTO tblproductconfigoptions (id, gid, optionname, optiontype, `order`) VALUES
  (1, 1, 'Operating system', '1', 0), (2, 1, 'Location|Where should it run?', '1', 1);
INSERT INTO tblproductconfigoptionssub (configid, optionname, sortorder) VALUES
  (1, '9|Debian', 0), (2, '2|London', 2), (2, '1|Frankfurt', 1);
